import type { NeedValues, UsageFaultValues } from '../../core/codes/usage-fault.ts';
import type { CodedWords } from '../coded.ts';

const meantText = (meant: string | null): string => (meant === null ? '' : `; did you mean "${meant}"?`);

/** `a, b or c` */
const either = (names: readonly string[]): string =>
  names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} or ${names.at(-1)}`;

/** `a, b, or several of them` of the whole list; the verb stands before it. */
const several = (names: readonly string[]): string => `${names.join(', ')}, or several of them`;

export const usageFaults: CodedWords<UsageFaultValues> = {
  LINE: ({ told }) => told,
  NO_COMMAND: ({ words, meant }) => `there is no command "${words}"${meantText(meant)}`,
  NO_HELP: ({ words, meant }) => `there is no help on "${words}"${meantText(meant)}`,
  UNKNOWN_OPTION: ({ option, meant }) => `unknown option "${option}"${meantText(meant)}`,
  VALUE_MISSING: ({ flag }) => `${flag} needs a value`,
  NEEDS_VALUE: ({ flag, found }) => `${flag} needs a value, and ${found} is none`,
  TOO_MANY_ARGUMENTS: ({ command, extra }) => `too many arguments for "${command}": ${extra}`,
  NOT_TOGETHER: ({ flags: [one, other] }) => `${one} and ${other} exclude each other`,
  GOES_WITH: ({ flag, partner }) => `${flag} goes with ${partner}`,
  GOES_WITH_ONE_OF: ({ flag, partner, values: [one, other] }) =>
    `${flag} goes with ${partner} ${one} or ${other}`,
  TWO_FORMATS: ({ one, other }) => `${one} and ${other} ask for different formats`,
  NONE_GIVEN: ({ flags }) => `give ${several(flags)}`,
  ONE_ORDER: ({ flag, orNone }) =>
    orNone ? `${flag} takes one order, or none` : `${flag} is of one order: name one`,
  SINGLE_CHANGE: ({ flag }) => `${flag} is for single changes, not for a batch`,
  DAY_OR_RANGE: ({ day, from, to }) => `${day} is one day; give ${from} and ${to} without it`,
  SEVERAL_VISITS: ({ orderIds }) => `several visits are going on: ${orderIds.join(', ')}; name the order`,
  WHICH_TECHNICIAN: () => 'name the technician (--technician ID), or act as one: --actor technician:ID',
  PHONE_OR_PAIR: () => 'give --phone alone, or an order number with --phone-last4',
  NO_PIPE: () => '- reads from a pipe, and stdin is a terminal',
  TOO_MANY_IDS: () => 'too many ids on stdin: use oss batch run',
  NO_DRAFT: () => 'no draft is kept for this command',
};

export const needs: CodedWords<NeedValues> = {
  PART: ({ name }) => name,
  ONE_OF: ({ names }) => either(names),
  SOME_OF: ({ names }) => `one of ${names.join(', ')}`,
  ORDER_OR_TECHNICIAN: ({ name }) =>
    `${name} (name the order, or act as a technician: --actor technician:ID)`,
  PHONE_OR_PAIR: () => '--phone PHONE, or an order number with --phone-last4 D',
};
