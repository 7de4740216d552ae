import type { Flags } from '../framework/parse/descriptor.ts';
import { CHANGE_FLAGS, flagName, placeholderOf } from '../framework/parse/flag-names.ts';
import { GLOBAL_FLAGS } from '../framework/parse/global-flags.ts';
import type { TopicRow } from './topics.ts';

const rowsOf = (group: string, flags: Flags): readonly TopicRow[] =>
  Object.entries(flags).flatMap(([key, flag]) => {
    if (flag.hidden === true) return [];
    const short = flag.short === undefined ? '' : `-${flag.short}, `;
    const value =
      flag.type === 'boolean'
        ? ''
        : flag.bare === undefined
          ? ` ${placeholderOf(key, flag)}`
          : `[=${placeholderOf(key, flag)}]`;
    return [{ group, name: `${short}${flagName(key)}${value}`, meaning: flag.summary }];
  });

/** The options that many commands have, which their own help only names. */
export const optionRows = (): readonly TopicRow[] => [
  ...rowsOf('every command', GLOBAL_FLAGS),
  ...rowsOf('every change', CHANGE_FLAGS),
];
