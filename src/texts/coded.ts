import type { Coded } from '../core/codes/coded.ts';

/** Words for every code of a table: the compiler says which is missing. */
export type CodedWords<Table> = {
  readonly [C in keyof Table]: (values: Readonly<Table[C]>) => string;
};

/** The words of one code with its values. */
export const inWords = <Table>(words: CodedWords<Table>, coded: Coded<Table>): string => {
  // Each code comes with the values of its own.
  const say = words[coded.code] as (values: unknown) => string;
  return say(coded);
};
