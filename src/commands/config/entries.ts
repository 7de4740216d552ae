import type { CommandContext } from '../framework/run/context.ts';
import { wordingOf } from '../framework/run/failure.ts';

export type Entry = {
  readonly key: string;
  readonly value: string | number | boolean | null | readonly string[];
  /** e.g. `flag --db`, `environment OSS_DB`, `file /home/kim/.config/oss/config.yaml:3`, `default`. */
  readonly origin: string;
};

type Origin = {
  readonly from: string;
  readonly name?: string;
  readonly path?: string;
  readonly line?: number;
};

const originText = ({ from, name, path, line }: Origin): string =>
  name === undefined ? (path === undefined ? from : `${from} ${path}:${line}`) : `${from} ${name}`;

/** All settings with their origin, and in words what is wrong with them. */
export const entriesHere = async (
  ctx: CommandContext,
): Promise<{ readonly entries: readonly Entry[]; readonly problems: readonly string[] }> => {
  const { settings, problems } = await ctx.configuration.inspect();
  return {
    entries: settings.entries().map(({ key, value, origin }) => ({ key, value, origin: originText(origin) })),
    problems: problems.map((problem) => wordingOf(ctx.t, problem).what),
  };
};

export const valueText = (value: Entry['value']): string =>
  value === null ? '-' : Array.isArray(value) ? value.join(', ') : String(value);
