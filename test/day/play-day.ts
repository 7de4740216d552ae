import { chance } from '../../src/adapters/simulators/chance.ts';
import { iso } from '../../src/core/time/iso.ts';
import { addDays, fromLocal } from '../../src/core/time/zone.ts';
import { type DayVisit, typedOf } from './endings.ts';
import type { Line, Scenario } from './scenario.ts';

export type Ran = { readonly code: number | null; readonly stdout: string; readonly stderr: string };

export type Stage = {
  /** Runs the program with nothing but this environment on top of the house's own. */
  readonly oss: (argv: readonly string[], env: Readonly<Record<string, string>>) => Promise<Ran>;
  /** Told what is typed, and what came of it. */
  readonly tell: (at: string, typed: string, ran: Ran | null) => void;
};

export type Played = {
  readonly scenario: Scenario;
  /** Command lines in all. */
  readonly lines: number;
  /** Epoch ms of the last line. */
  readonly endedAt: number;
};

/** Splits a command line at blanks outside of double quotes. */
const words = (line: string): readonly string[] =>
  [...line.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? '');

const linesOf = (text: string): readonly string[] => text.split('\n').filter((line) => line !== '');

type BestVisit = { readonly start: string; readonly technicianId: string };

const NO_VISIT: BestVisit = { start: '', technicianId: '' };

const WAITING: readonly string[] = ['scheduled', 'dispatched', 'on-site'];

/** The start was reported already, and the visit goes on. */
const isSaid = ({ stage }: DayVisit, argv: readonly string[]): boolean =>
  stage === 'on-site' && argv[1] === 'start';

/** Plays the whole scenario. Throws at the first exit code that is not in order. */
export const playDay = async (scenario: Scenario, { oss, tell }: Stage): Promise<Played> => {
  const { tz, seed, mix } = scenario;
  let lines = 0;
  let now = 0;

  const type = async (at: number, argv: readonly string[], line: Omit<Line, 'at'>): Promise<Ran> => {
    // Lines share a minute when one takes long; nothing is ever typed before what was typed before it.
    now = Math.max(at, now + 1);
    lines += 1;
    const env = { ...scenario.env, OSS_TZ: tz, OSS_ACTOR: line.actor ?? 'supervisor:day', ...line.env };
    const ran = await oss(argv, { ...env, OSS_NOW: iso(now) });
    tell(iso(now), argv.join(' '), ran);
    if (!(line.exit ?? [0]).includes(ran.code ?? -1)) {
      throw new Error(`${iso(now)} ${argv.join(' ')}: exit ${ran.code}\n${ran.stdout}\n${ran.stderr}`);
    }
    return ran;
  };

  const play = async (at: number, date: string, line: Line): Promise<void> => {
    if (line.says !== undefined) tell(iso(at), `# ${line.says}`, null);
    if (line.visits === true) return visit(at, date);
    if (line.run === undefined) throw new Error(`neither run nor visits: ${JSON.stringify(line)}`);
    if (line.each === undefined) {
      await type(at, words(line.run), line);
      return;
    }
    const { stdout } = await type(at, words(line.each), { ...line, exit: [0] });
    for (const id of linesOf(stdout)) {
      if (chance('share', seed, date, line.run, id) >= (line.share ?? 1)) continue;
      const best = line.run.includes('{slot}') ? await bestVisit(at, id) : NO_VISIT;
      // Nothing fits today: somebody looks again tomorrow.
      if (best === null) continue;
      const { start, technicianId } = best;
      const run = line.run.replaceAll('{}', id).replaceAll('{slot}', start);
      await type(at, words(run.replaceAll('{technician}', technicianId)), line);
    }
  };

  const bestVisit = async (at: number, id: string): Promise<BestVisit | null> => {
    const { stdout } = await type(at, ['schedule', 'slots', id, '--top', '1', '-o', 'ndjson'], {});
    const [best] = linesOf(stdout);
    return best === undefined ? null : JSON.parse(best);
  };

  /** Everything that happens at the visits of the day until now, typed when it happens. */
  const visit = async (at: number, date: string): Promise<void> => {
    const listed = await type(now, ['field', 'today', '--date', date, '-o', 'ndjson'], {});
    const typed = linesOf(listed.stdout)
      .map((text) => JSON.parse(text) as DayVisit)
      .filter(({ stage, overdue }) => WAITING.includes(stage) && !overdue)
      .flatMap((one) => typedOf(one, mix, seed).filter(({ argv }) => !isSaid(one, argv)));
    const due = [...typed].filter((one) => one.at <= at).sort((a, b) => a.at - b.at);
    for (const one of due) await type(one.at, one.argv, { actor: one.actor });
  };

  const momentOf = (date: string, time: string): number => {
    const [hours = 0, minutes = 0] = time.split(':').map(Number);
    return fromLocal(date, hours * 60 + minutes, tz).at;
  };

  for (let date = scenario.first; date <= scenario.last; date = addDays(date, 1)) {
    const today = [
      ...scenario.once.flatMap((line) => {
        const [day = '', time = ''] = (line.at ?? '').split(' ');
        return day === date ? [{ at: momentOf(date, time), line }] : [];
      }),
      ...scenario.daily.map((line) => ({ at: momentOf(date, line.at ?? ''), line })),
    ];
    for (const { at, line } of today.sort((a, b) => a.at - b.at)) await play(at, date, line);
    const open = await type(momentOf(date, '23:00'), ['order', 'list', '--open', '-o', 'id'], {});
    if (open.stdout === '') break;
  }
  for (const line of scenario.finally) await play(now + 60_000, scenario.last, line);
  return { scenario, lines, endedAt: now };
};
