/**
 * Some of 1 to `count`, evenly spread, at most so many: all of them where they are few. Each seed begins one further, so
 * that as many seeds in a row as the distance between two of them leave none out.
 */
export const sampled = (
  count: number,
  { most, seed }: { readonly most: number; readonly seed: number },
): readonly number[] => {
  const distance = Math.max(1, Math.ceil(count / most));
  return Array.from({ length: count }, (_, i) => i + 1).filter((n) => n % distance === seed % distance);
};
