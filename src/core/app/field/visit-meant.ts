import type { OrderView } from '../../ports/order-view.ts';
import { Refusal } from '../../rules/refusal.ts';
import { technicianOf } from '../../values/actor.ts';
import type { AppDeps } from '../deps.ts';
import { ownVisits } from './field-visits.ts';
import { type ReportContent, repeatedReport } from './repeated-report.ts';

/** Which visit a report means that names no order. */
export type MeantVisit =
  /** The order of the report that the technician has just made, said again. */
  | { readonly kind: 'same'; readonly orderId: string }
  /** The technician's visit that is going on, else their next one. */
  | { readonly kind: 'current' | 'next'; readonly view: OrderView }
  /** The technician is on site at several. */
  | { readonly kind: 'several'; readonly views: readonly OrderView[] }
  /** The reporter is no technician and has no visits of their own. */
  | { readonly kind: 'nobodys' };

export type ReportMeant = {
  /** What the technician reports, to know it again; undefined: it may be said twice without harm. */
  readonly report?: (ReportContent & { readonly key: string | undefined }) | undefined;
  /**
   * true: the report carries serials, which name the visit. false: said again while the technician is on site elsewhere it
   * is a new report.
   */
  readonly hasEvidence: boolean;
};

/** Throws Refusal NO_CURRENT_VISIT, TECHNICIAN_NOT_FOUND. */
export const visitMeant = async (
  deps: Pick<AppDeps, 'store' | 'clock' | 'actor'>,
  { report, hasEvidence }: ReportMeant,
): Promise<MeantVisit> => {
  const { actor } = deps;
  const technicianId = technicianOf(actor);
  if (technicianId === null) return { kind: 'nobodys' };
  const { onSite, next } = await ownVisits(deps, technicianId);
  const mayRepeat = hasEvidence || onSite.length === 0 || report?.key !== undefined;
  const same = report !== undefined && mayRepeat ? await repeatedReport(deps, report) : null;
  if (same !== null) return { kind: 'same', orderId: same };
  if (onSite.length > 1) return { kind: 'several', views: onSite };
  const [current] = onSite;
  if (current !== undefined) return { kind: 'current', view: current };
  const [first] = next;
  if (first === undefined) throw new Refusal('NO_CURRENT_VISIT', { actor });
  return { kind: 'next', view: first };
};
