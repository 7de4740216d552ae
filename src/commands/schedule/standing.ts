import type { VisitStanding } from '../../core/app/desk/visit-standing.ts';
import type { Slot } from '../../core/time/slot.ts';
import { assertNever } from '../../core/values/assert-never.ts';
import type { View } from '../framework/print/view.ts';
import { EXIT } from '../framework/run/exit-codes.ts';
import { slotText } from '../order/words.ts';

/** How technicians are called: `T-01 이준호`. */
export type Who = (technicianId: string) => string;

/** What became of an assignment or a call, in one line. `phones`: true: it would phone at once if it were not a rehearsal. */
export const standingText = (
  standing: VisitStanding,
  view: View,
  { who, phones }: { readonly who: Who; readonly phones: boolean },
): string => {
  const { schedule } = view.t;
  const words = schedule.standing;
  const when = (slot: Slot): string => slotText(slot, view);
  switch (standing.kind) {
    case 'agreed':
      return standing.moving === null
        ? words.agreed(who(standing.technicianId), when(standing.slot))
        : words.moving(who(standing.moving.technicianId), when(standing.moving.slot));
    case 'answered': {
      const answer = schedule.outcomes[standing.outcome];
      if (standing.nextAt !== null) return words.answered(answer, view.time(standing.nextAt));
      return standing.pending ? words.pending(answer) : words.recorded(answer);
    }
    case 'talking':
      return words.talking;
    case 'no-technician':
      return words.noTechnician(when(standing.slot));
    case 'rejected':
      return words.rejected(standing.cause);
    case 'unreachable':
      return words.unreachable(who(standing.technicianId), when(standing.slot));
    case 'held': {
      const held = [who(standing.technicianId), when(standing.slot)] as const;
      if (standing.via === 'agreed') return words.booking(...held);
      const isDue = Date.parse(standing.callAt) <= view.now;
      if (isDue && !phones) return words.heldUnphoned(...held);
      return words.heldFor(...held, isDue ? schedule.now : view.time(standing.callAt));
    }
    case 'none':
      return words.none;
    default:
      return assertNever(standing);
  }
};

/** Exit code of one id whose customer was to be phoned (or whose agreed visit was to be booked) at once. */
export const exitOfCall = ({ kind }: VisitStanding): number => {
  switch (kind) {
    case 'agreed':
      return EXIT.done;
    case 'unreachable':
      return EXIT.tryLater;
    case 'rejected':
      return EXIT.refused;
    case 'answered':
    case 'talking':
    case 'no-technician':
    case 'held':
    case 'none':
      return EXIT.notFinished;
    default:
      return assertNever(kind);
  }
};

/** What else there is to say about it, on stderr. */
export const standingNotes = (standing: VisitStanding, view: View): readonly string[] => {
  const { schedule } = view.t;
  if (standing.kind !== 'unreachable') return [];
  const next = standing.nextAt === null ? schedule.soon : view.time(standing.nextAt);
  return [schedule.holdStays(view.time(standing.expiresAt), next)];
};
