/** What happens in one write happens at one moment, which is written down a dozen times. */
let lastMs = 0;
let lastText = '1970-01-01T00:00:00.000Z';

/** Epoch ms as UTC ISO 8601 with milliseconds, e.g. `2026-11-24T05:00:00.000Z`. Throws RangeError outside what ISO can say. */
export const iso = (epochMs: number): string => {
  if (epochMs !== lastMs) {
    lastText = new Date(epochMs).toISOString();
    lastMs = epochMs;
  }
  return lastText;
};

/** Epoch ms of an ISO 8601 moment. Throws RangeError on a text that is none: what is stored is always one. */
export const ms = (text: string): number => {
  const at = Date.parse(text);
  if (Number.isNaN(at)) throw new RangeError(`not a moment: ${text}`);
  return at;
};

/** A date of the calendar, `YYYY-MM-DD`. `Date` takes February 30 for March 2, so it is compared with what was read. */
export const isDate = (text: string): boolean => {
  if (!/^[0-9]{4}-[0-9]{2}-[0-9]{2}$/.test(text)) return false;
  const at = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(text);
};
