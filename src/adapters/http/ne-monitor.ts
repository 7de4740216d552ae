import { type Observation, type Outcome, outcomeOf, type Told } from '../../core/peers/outcome.ts';
import type { NeService } from '../../core/ports/peers.ts';
import { readCreated, toldService } from './ne-reading.ts';
import type { Answer, Reading } from './peer-client.ts';
import { peerError } from './peer-error.ts';
import { withoutSecrets } from './peer-text.ts';
import { isObject, textOf } from './reading.ts';

/** What a TMF640 Monitor tells of the request it watches. */
export type MonitorTold =
  | { readonly state: 'running' }
  | { readonly state: 'completed'; readonly service: Reading<NeService>; readonly told: Told | null }
  | { readonly state: 'in-error'; readonly code: string; readonly message: string };

/** States are compared without case: the published texts and the systems do not agree on it. */
export const readMonitorOf =
  (key: string) =>
  (answer: Answer): Reading<MonitorTold> => {
    const { json } = answer;
    const state = isObject(json) ? textOf(json.state) : null;
    if (!isObject(json) || state === null) return { ok: false, cause: { code: 'NOT_A_MONITOR' } };
    const response = isObject(json.response) ? json.response : {};
    const body = withoutSecrets(bodyOf(response.body), answer.secrets ?? []);
    switch (state.toLowerCase()) {
      case 'completed': {
        const told = toldService({ ...answer, json: body });
        return {
          ok: true,
          value: { state: 'completed', service: readCreated(key)({ ...answer, json: body }), told },
        };
      }
      case 'inerror': {
        const error = peerError(0, { ok: true, value: body }, false, answer.secrets ?? []);
        return {
          ok: true,
          value: {
            state: 'in-error',
            code: error?.code ?? 'MONITOR_IN_ERROR',
            message: error?.message ?? '',
          },
        };
      }
      default:
        return { ok: true, value: { state: 'running' } };
    }
  };

/** The API describes the kept answer's body as text; some put the object itself there. */
const bodyOf = (body: unknown): unknown => {
  if (typeof body !== 'string') return body;
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
};

/**
 * What a read of the monitor says of the create it watches. A read that the NE refuses rejects nothing: the create stays
 * in doubt. `not-sent` is about the read alone.
 */
export const monitorOutcome = (
  monitor: string,
  observation: Observation<MonitorTold>,
): Outcome<NeService> => {
  const read = outcomeOf(observation);
  if (read.kind === 'rejected')
    return { kind: 'in-doubt', cause: { code: 'MONITOR_UNREADABLE', reason: read.code } };
  if (read.kind !== 'confirmed') return read;
  const told = read.value;
  switch (told.state) {
    case 'running':
      return { kind: 'accepted', monitor };
    case 'in-error':
      return { kind: 'rejected', code: told.code, message: told.message };
    case 'completed':
      return told.service.ok
        ? { kind: 'confirmed', value: told.service.value }
        : {
            kind: 'in-doubt',
            cause: { code: 'MONITOR_BODY', body: told.service.cause },
            ...(told.told === null ? {} : { told: told.told }),
          };
  }
};
