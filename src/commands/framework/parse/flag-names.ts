import type { CommandSpec, FlagSpec, Flags } from './descriptor.ts';

/** `notBefore` -> `not-before`. */
export const kebab = (key: string): string => key.replace(/[A-Z]/g, (c) => `-${c.toLowerCase()}`);

/** `notBefore` -> `--not-before`. */
export const flagName = (key: string): string => `--${kebab(key)}`;

/** The flags that every change has. A bare `--wait` waits a minute. */
export const CHANGE_FLAGS = {
  wait: {
    type: 'duration',
    bare: '60s',
    placeholder: 'D',
    summary: 'wait until it is finished, at most D (default 60s)',
  },
  ifVersion: {
    type: 'integer',
    min: 0,
    placeholder: 'N',
    summary: 'refuse when the order is not at version N any more',
  },
  key: { type: 'id', placeholder: 'K', summary: 'name of this change: the same again changes nothing' },
  dryRun: { type: 'boolean', summary: 'decide and show, then roll back' },
} as const satisfies Flags;

const RESUME: Flags = { resume: { type: 'boolean', summary: 'go on with the draft that was kept' } };

const known = new WeakMap<CommandSpec, Flags>();

/** All flags of a command by their camelCase key: its own, then those of a change. */
export const flagsOf = (spec: CommandSpec): Flags => {
  const before = known.get(spec);
  if (before !== undefined) return before;
  const flags: Flags = {
    ...spec.flags,
    ...(spec.wizard === true ? RESUME : {}),
    ...(spec.change ? CHANGE_FLAGS : {}),
    ...spec.flags,
  };
  known.set(spec, flags);
  return flags;
};

/** `N`, `TIME`, `am|pm|evening` …: how a value is called in help and errors. */
export const placeholderOf = (key: string, flag: FlagSpec): string => {
  if (flag.placeholder !== undefined) return flag.placeholder;
  switch (flag.type) {
    case 'choice':
      return flag.choices.length <= 4 ? flag.choices.join('|') : kebab(key).toUpperCase();
    case 'integer':
    case 'number':
      return 'N';
    case 'time':
      return 'TIME';
    case 'time-or-next':
      return 'TIME|next';
    case 'date':
      return 'DATE';
    case 'dates':
      return 'DATE[..DATE]';
    case 'duration':
      return 'D';
    case 'order-id':
      return 'ORDER';
    case 'list':
      return 'A,B';
    case 'technician':
      return 'ID';
    case 'boolean':
    case 'text':
    case 'name':
    case 'phone':
    case 'id':
    case 'lines':
    case 'zone':
    case 'actor':
      return kebab(key).toUpperCase();
  }
};
