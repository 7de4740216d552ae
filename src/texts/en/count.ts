/** `1 order`, `2 orders`: a number with the noun, and perhaps the verb, that goes with it. */
export const count = (n: number, one: string, many: string): string => `${n} ${n === 1 ? one : many}`;
