import { assertNever } from '../../core/values/assert-never.ts';

/** Where a value came from. */
export type Origin =
  | { readonly from: 'flag'; readonly name: string }
  | { readonly from: 'environment'; readonly name: string }
  | { readonly from: 'file'; readonly path: string; readonly line: number }
  | { readonly from: 'default' };

/** e.g. `flag --db`, `environment OSS_DB`, `file /home/kim/.config/oss/config.yaml:3`, `default`. */
export const originText = (origin: Origin): string => {
  switch (origin.from) {
    case 'flag':
    case 'environment':
      return `${origin.from} ${origin.name}`;
    case 'file':
      return `file ${origin.path}:${origin.line}`;
    case 'default':
      return 'default';
    default:
      return assertNever(origin);
  }
};
