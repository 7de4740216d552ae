/** Epoch ms as UTC ISO 8601 with milliseconds, e.g. `2026-11-24T05:00:00.000Z`. Throws RangeError outside what ISO can say. */
export const iso = (epochMs: number): string => new Date(epochMs).toISOString();

/** Epoch ms of an ISO 8601 moment. Throws RangeError on a text that is none: what is stored is always one. */
export const ms = (text: string): number => {
  const at = Date.parse(text);
  if (Number.isNaN(at)) throw new RangeError(`not a moment: ${text}`);
  return at;
};
