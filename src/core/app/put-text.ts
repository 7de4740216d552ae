import type { AppDeps } from './deps.ts';
import type { WriteContext } from './write-order.ts';

/** Keeps a free text (a note, a signer's name) in the vault; the log gets the id only. */
export const putText = async (
  { ids }: AppDeps,
  { tx }: WriteContext,
  { orderId, text }: { readonly orderId: string; readonly text: string },
): Promise<string> => {
  const textId = ids.uuid();
  await tx.vault.putText(textId, orderId, text);
  return textId;
};

/** The same for a text that may be missing, as the member of a payload. */
export const putOptionalText = async (
  deps: AppDeps,
  write: WriteContext,
  { orderId, text }: { readonly orderId: string; readonly text: string | undefined },
): Promise<{ readonly textId?: string }> =>
  text === undefined ? {} : { textId: await putText(deps, write, { orderId, text }) };
