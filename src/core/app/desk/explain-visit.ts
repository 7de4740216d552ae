import { brokenRules, chooseVisit, rankVisits } from '../../assign/assign.ts';
import { indexed } from '../../assign/candidates.ts';
import { type Relaxation, relaxations } from '../../assign/relaxations.ts';
import type { AssignWorld, VisitRequest } from '../../assign/types.ts';
import { readWorld, visitRequest } from '../../assign/visit-world.ts';
import type { HardRule } from '../../codes/hard-rule.ts';
import type { WhyNoneCode } from '../../codes/why-none.ts';
import type { Envelope } from '../../process/events.ts';
import { mustBeGoing } from '../../process/legal.ts';
import type { OrderProcess } from '../../process/process.ts';
import type { Slot } from '../../time/slot.ts';
import { type VisitChoice, visitChoice } from '../../views/visit-choice.ts';
import type { AppDeps } from '../deps.ts';
import { readOrder } from '../write-order.ts';

/** A visit that stands, and why it was chosen then, as the log says. */
export type StandingChoice = Slot &
  VisitChoice & {
    readonly technicianId: string;
    readonly technicianName: string;
    readonly status: 'held' | 'agreed';
  };

/** How a technician would do today, at the time of the visit, or at their best time when none stands. */
export type Contender = {
  readonly technicianId: string;
  readonly technicianName: string;
  /** The time that is meant; null: none at all. */
  readonly slot: Slot | null;
  /** Rules that keep them from it. */
  readonly rules: readonly HardRule[];
  /** null: rules keep them from it. */
  readonly score: number | null;
  readonly reasons: readonly string[];
};

/** `oss.visit-why/1` without its schema. */
export type VisitExplained = {
  readonly orderId: string;
  readonly chosen: StandingChoice | null;
  /** The chosen technician first, then the better ones before the others. */
  readonly technicians: readonly Contender[];
  /** What stands in the way of every visit; empty: nothing does. */
  readonly why: readonly WhyNoneCode[];
  /** What alone would place it. */
  readonly would: readonly Relaxation[];
};

/**
 * Why this technician: the reasons that the log tells, and a fresh look at everybody; or why none, and what alone would change
 * that. Throws ORDER_NOT_FOUND, ALREADY_FINAL.
 */
export const explainVisit = (
  { store, policy, clock }: Pick<AppDeps, 'store' | 'policy' | 'clock'>,
  orderId: string,
): Promise<VisitExplained> =>
  store.read(async (tx) => {
    const process = await readOrder(tx, orderId);
    mustBeGoing(process, 'schedule why');
    const stands = process.scheduling.visit ?? process.scheduling.proposal;
    const slot = stands?.slot ?? process.scheduling.agreed?.slot;
    const world = await readWorld(tx, { policy, now: clock.now() }, { slot });
    const request = visitRequest(process);
    const nameOf = (id: string): string =>
      world.technicians.find(({ technicianId }) => technicianId === id)?.name ?? '';
    const chosen =
      stands === null
        ? null
        : standingChoice(process, stands, { events: await tx.events.load(orderId), nameOf });
    const contenders = world.technicians.map(({ technicianId, name }) => ({
      technicianName: name,
      ...contender(request, technicianId, slot, world),
    }));
    const choice = slot === undefined ? chooseVisit(request, world) : null;
    const why = choice?.kind === 'none' ? choice.why : [];
    return {
      orderId,
      chosen,
      technicians: contenders.sort(
        (a, b) =>
          Number(b.technicianId === chosen?.technicianId) - Number(a.technicianId === chosen?.technicianId) ||
          (b.score ?? Number.NEGATIVE_INFINITY) - (a.score ?? Number.NEGATIVE_INFINITY) ||
          a.rules.length - b.rules.length ||
          (a.technicianId < b.technicianId ? -1 : 1),
      ),
      why,
      would: why.length === 0 ? [] : relaxations(request, {}, indexed(world)),
    };
  });

type Told = { readonly events: readonly Envelope[]; readonly nameOf: (technicianId: string) => string };

const standingChoice = (
  { scheduling }: OrderProcess,
  { slot, technicianId }: { readonly slot: Slot; readonly technicianId: string },
  { events, nameOf }: Told,
): StandingChoice => {
  return {
    ...slot,
    technicianId,
    technicianName: nameOf(technicianId),
    status: scheduling.visit === null ? 'held' : 'agreed',
    ...visitChoice(events, { technicianId, start: slot.start }),
  };
};

const contender = (
  request: VisitRequest,
  technicianId: string,
  slot: Slot | undefined,
  world: AssignWorld,
): Omit<Contender, 'technicianName'> => {
  const [best] = rankVisits(request, world, {
    technicianId,
    top: 1,
    ...(slot === undefined ? {} : { at: slot.start }),
  });
  if (best !== undefined) {
    const { score, reasons } = best;
    return { technicianId, slot: best.slot, rules: [], score, reasons };
  }
  const technician = world.technicians.find((one) => one.technicianId === technicianId);
  if (technician === undefined || slot === undefined) {
    const choice = chooseVisit(request, world, { technicianId });
    const rules =
      choice.kind === 'none' ? choice.why.flatMap((code) => (code.split(':')[0] ?? []) as HardRule) : [];
    return { technicianId, slot: null, rules, score: null, reasons: [] };
  }
  return {
    technicianId,
    slot,
    rules: brokenRules(request, technician, slot, world),
    score: null,
    reasons: [],
  };
};
