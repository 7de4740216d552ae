/** So long a pipe may take what was written last, ms. */
const LINGER_MS = 3_000;

/** Ends this process with its exit code, whatever still keeps it alive then: something in it hangs for good. */
export const endSoon = (): void => {
  setTimeout(() => process.exit(), LINGER_MS);
};
