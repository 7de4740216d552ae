/** Makes the compiler list the cases that a switch over a union forgot. */
export const assertNever = (value: never): never => {
  throw new Error(`unexpected case: ${JSON.stringify(value)}`);
};
