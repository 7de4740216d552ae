import { chance } from '../../src/adapters/simulators/chance.ts';
import type { Mix } from './scenario.ts';

/** A visit as `field today` lists it. */
export type DayVisit = {
  readonly orderId: string;
  readonly stage: string;
  /** UTC ISO 8601. */
  readonly start: string;
  readonly end: string;
  readonly technicianId: string;
  readonly tvCount: number;
  readonly overdue: boolean;
};

/** What somebody types about a visit, and when (epoch ms). */
export type Typed = { readonly at: number; readonly actor: string; readonly argv: readonly string[] };

const MINUTE_MS = 60_000;

type Ending = { readonly verb: 'complete' | 'cancel' | 'revisit' | 'return'; readonly code: string };

const endingsOf = (mix: Mix): readonly (readonly [Ending, number])[] => [
  [{ verb: 'complete', code: '' }, mix.completed],
  [{ verb: 'cancel', code: 'CUSTOMER_CHANGED_MIND' }, mix.cancelled],
  ...Object.entries(mix.revisit).map(([code, weight]) => [{ verb: 'revisit', code }, weight] as const),
  ...Object.entries(mix.return).map(([code, weight]) => [{ verb: 'return', code }, weight] as const),
];

const drawn = (mix: Mix, ...parts: readonly (string | number)[]): Ending => {
  const endings = endingsOf(mix);
  let left = chance('ending', ...parts) * endings.reduce((sum, [, weight]) => sum + weight, 0);
  for (const [ending, weight] of endings) {
    left -= weight;
    if (left < 0) return ending;
  }
  return { verb: 'complete', code: '' };
};

/** How one visit goes: depends on nothing but the seed, the order and its appointment, so that a play can be repeated. */
export const typedOf = (visit: DayVisit, mix: Mix, seed: number): readonly Typed[] => {
  const { orderId, start, end, technicianId, tvCount } = visit;
  const parts = [seed, orderId, start] as const;
  const { verb, code } = drawn(mix, ...parts);
  const actor = `technician:${technicianId}`;
  if (verb === 'cancel') {
    const phoned = Date.parse(start) - 60 * MINUTE_MS;
    return [{ at: phoned, actor: 'cs:park', argv: ['order', 'cancel', orderId, '--code', code, '-y'] }];
  }
  // Some are early, some late.
  const begun = Date.parse(start) + Math.round(chance('late', ...parts) * 20 - 5) * MINUTE_MS;
  // Many forget to say that they have come: the report of the end says it too.
  const said = chance('start', ...parts) < 0.4;
  const started = said ? [{ at: begun, actor, argv: ['field', 'start', orderId] }] : [];
  const ended = (argv: readonly string[]): readonly Typed[] => [
    ...started,
    { at: Date.parse(end) - Math.round(chance('quick', ...parts) * 20) * MINUTE_MS, actor, argv },
  ];
  if (verb === 'return') return ended(['field', 'return', orderId, '--code', code, '-y']);
  if (verb === 'revisit') return ended(['field', 'revisit', orderId, '--code', code]);
  const serial = (of: string): string => `${of}${orderId.slice(-6)}`;
  const stb = Array.from({ length: tvCount }, (_, index) => `${serial('STB')}${index + 1}`);
  return ended([
    ...['field', 'complete', orderId, '--ont', serial('HWTC00'), '--signed-by', '홍길동'],
    ...['--rx', (-16 - Math.round(chance('rx', ...parts) * 80) / 10).toFixed(1)],
    ...(stb.length === 0 ? [] : ['--stb', stb.join(',')]),
  ]);
};
