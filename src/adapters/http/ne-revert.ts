import type { Cause } from '../../core/codes/cause.ts';
import type { AskToSend, NeService, OurService, Reverted } from '../../core/ports/peers.ts';
import { changeById } from './change-by-id.ts';
import { serviceOf } from './ne-reading.ts';
import type { Answer, PeerClient, Reading } from './peer-client.ts';
import { orderOf } from './reading.ts';

/** How this NE wants a service switched off. */
export type RevertVerb = 'patch' | 'delete';

export type RevertOptions = { readonly client: PeerClient; readonly revertVerb: RevertVerb };

/** Switches off a service that it has read by its id, and no other. */
export const revertAt =
  ({ client, revertVerb }: RevertOptions) =>
  async (neId: string, ours: OurService, askToSend: AskToSend): Promise<Reverted> => {
    const changed = await changeById<NeService>(
      client,
      {
        address: { path: `/service/${encodeURIComponent(neId)}`, orderId: orderOf(ours.key) },
        ...(revertVerb === 'delete' ? { verb: 'DELETE' } : { verb: 'PATCH', body: TERMINATED }),
        read: readThis(neId),
        nameOf: ({ key }) => key,
        isOurs: ({ key }) => isOurs(key, ours),
        isDone: ({ state }) => state === 'terminated',
        readChanged: readOff(neId, ours),
      },
      askToSend,
    );
    return changed.kind === 'foreign' ? { kind: 'foreign', name: changed.name ?? '' } : changed;
  };

const TERMINATED = { state: 'terminated' } as const;

const isOurs = (name: string, ours: OurService): boolean => name === ours.key || ours.names.includes(name);

const refused = (cause: Cause): Reading<never> => ({ ok: false, cause });

const readThis =
  (neId: string) =>
  ({ json, secrets }: Answer): Reading<NeService> => {
    const service = serviceOf(json, secrets);
    if (service === null) return refused({ code: 'NOT_A_SERVICE' });
    return service.neId === neId
      ? { ok: true, value: service }
      : refused({ code: 'OTHER_ID', id: service.neId });
  };

/** The service after its change. Some answer with the changed members alone: what they name must be right. */
const readOff =
  (neId: string, ours: OurService) =>
  (answer: Answer): Reading<NeService> => {
    const reading = readThis(neId)(answer);
    if (!reading.ok) return reading;
    const { key, state } = reading.value;
    if (key !== '' && !isOurs(key, ours)) return refused({ code: 'OTHER_SERVICE', key });
    if (state !== 'terminated') return refused({ code: 'STATE', state });
    return key === '' ? { ok: true, value: { ...reading.value, key: ours.key } } : reading;
  };
