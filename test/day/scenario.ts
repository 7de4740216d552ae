import { readFileSync } from 'node:fs';
import { parse } from 'yaml';

/** One line of the play; see `data/samples/day.yaml` for what the fields mean. */
export type Line = {
  readonly at?: string;
  readonly run?: string;
  readonly each?: string;
  readonly share?: number;
  readonly visits?: true;
  readonly exit?: readonly number[];
  readonly env?: Readonly<Record<string, string>>;
  readonly actor?: string;
  readonly says?: string;
};

/** Weights of how a visit ends, by code where there are several. */
export type Mix = {
  readonly completed: number;
  readonly cancelled: number;
  readonly revisit: Readonly<Record<string, number>>;
  readonly return: Readonly<Record<string, number>>;
};

export type Scenario = {
  readonly seed: number;
  readonly tz: string;
  /** Local dates, `YYYY-MM-DD`, both included. */
  readonly first: string;
  readonly last: string;
  readonly env: Readonly<Record<string, string>>;
  readonly mix: Mix;
  readonly once: readonly Line[];
  readonly daily: readonly Line[];
  readonly finally: readonly Line[];
};

export const readScenario = (path: string): Scenario => parse(readFileSync(path, 'utf8')) as Scenario;

/** The same week with another file of technicians, and with or without areas. */
export const weekWith = (
  week: Scenario,
  { technicians, hasAreas }: { readonly technicians: string; readonly hasAreas: boolean },
): Scenario => ({
  ...week,
  once: week.once.flatMap((line): readonly Line[] => {
    if (line.run?.startsWith('technician import') !== true) return [line];
    const taken = { ...line, run: `technician import data/samples/${technicians}` };
    return hasAreas ? [{ ...line, run: 'area import data/samples/areas.csv' }, taken] : [taken];
  }),
});
