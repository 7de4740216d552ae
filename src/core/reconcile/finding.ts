/** A key of ours, whatever order it names. */
const OUR_KEY = /^(ORD-\d{6,12})\/[a-z]+\.[a-z]+#\d+\/\d+$/;

const OUR_CALL = /^(ORD-\d{6,12})\/call#\d+$/;

/** The order that a call key belongs to; null: the appointment is not ours. */
export const orderOfCall = (callKey: string | null): string | null =>
  OUR_CALL.exec(callKey ?? '')?.[1] ?? null;

/** The order that a service's name belongs to; null: the service is not ours. */
export const orderOfKey = (key: string): string | null => OUR_KEY.exec(key)?.[1] ?? null;
