import { planService } from '../activation/catalogue.ts';
import { hasOpenRequest } from '../activation/requests.ts';
import type { ServiceState } from '../activation/service-state.ts';
import { unplanned } from '../activation/wanted.ts';
import { type NeTiming, wholeBound } from '../rules/policy.ts';
import type { OwnClock } from '../time/own-clock.ts';
import type { NewEvent } from './events.ts';
import { isGoing, type OrderProcess } from './process.ts';

export type Losing = {
  /** Identity of the NE that was worked with. */
  readonly peer: string;
  /** Mark of the names that were made in what was lost; null: names had none. */
  readonly mark: string | null;
  readonly timing: NeTiming;
  readonly own: Pick<OwnClock, 'boot' | 'uptime'>;
};

/**
 * The event that an open order gets when a backup took the place of the log. After the backup an order that goes on may have
 * planned services, requested them or, in a cancel, switched them off. An order that was being undone already, or is
 * completed, requested nothing more; what it switches off it may switch off again.
 */
export const historyMayBeLost = (process: OrderProcess, { peer, mark, timing, own }: Losing): NewEvent => {
  const isInDoubt = isGoing(process);
  const services = isInDoubt ? [...process.activation.services.values()] : [];
  const plan = isInDoubt
    ? unplanned(process).map(({ needed, generation }) =>
        planService(process.orderId, needed, generation, process.order.area, mark),
      )
    : [];
  return {
    type: 'HistoryMayBeLost',
    data: {
      peer,
      // The NE may have taken one on (202), which comes as late as that.
      boundMs: Math.max(wholeBound(timing), timing.pollMaxMs),
      boot: own.boot,
      uptimeMs: Math.floor(own.uptime()),
      asked: [...services.filter(mayBeAsked), ...plan.map((one) => ({ plan: one }))].map(
        ({ plan: { key } }) => key,
      ),
      maybeGone: services
        .filter(({ known, waived }) => known === 'on' && !waived)
        .map(({ plan: { key } }) => key),
      ...(plan.length === 0 ? {} : { plan }),
    },
  };
};

/** No step requests a reverted service again under its name. */
const mayBeAsked = (service: ServiceState): boolean =>
  service.known !== 'on' && !service.waived && (!service.reverted || hasOpenRequest(service));
