import { formatLocal } from '../../../core/time/zone.ts';
import type { Wording } from '../../../texts/wording.ts';
import type { Failure } from '../run/failure.ts';

const MOMENT = /\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z/g;

/** Moments in a text (UTC ISO 8601, as refusals carry them) as the clock on the operator's wall shows them. */
export const withLocalTimes = (text: string, tz: string): string =>
  text.replaceAll(MOMENT, (moment) => formatLocal(Date.parse(moment), tz));

/** The same in every wording of a failure. */
export const failureInZone = (failure: Failure, tz: string): Failure => ({
  ...failure,
  wordings: failure.wordings.map((wording) => inZone(wording, tz)),
});

const inZone = ({ what, why, next }: Wording, tz: string): Wording => ({
  what: withLocalTimes(what, tz),
  ...(why === undefined ? {} : { why: withLocalTimes(why, tz) }),
  ...(next === undefined ? {} : { next: withLocalTimes(next, tz) }),
});
