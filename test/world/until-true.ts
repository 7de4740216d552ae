/** Asks again and again until it is so; the time-out of the test ends what never is. */
export const untilTrue = async (isSo: () => Promise<boolean>): Promise<void> => {
  while (!(await isSo())) await new Promise((resolve) => setTimeout(resolve, 100));
};
