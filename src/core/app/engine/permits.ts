import type { NetworkElement, Permit, TmDesk } from '../../ports/peers.ts';
import type { Tx } from '../../ports/store.ts';
import type { Retry } from '../../saga/steps/kinds.ts';

/** A permit of the peer, or why it gives none now and when to ask again. Sends nothing. `tx`: the write that asks. */
export const askPermit = async (
  peer: Pick<NetworkElement | TmDesk, 'admit'>,
  tx?: Pick<Tx, 'breakers'>,
): Promise<Permit | Retry> => {
  const admission = await peer.admit(tx?.breakers);
  if (admission.admitted) return admission.permit;
  return { cause: admission.cause, at: admission.retryAt, burn: false };
};

export const isPermit = (answer: Permit | Retry): answer is Permit => !('cause' in answer);
