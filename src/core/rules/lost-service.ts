/** What a hold is about whose service the NE does not show any more, although nobody switched it off. */
export const LOST_SERVICE_STEP = 'LostService';
export const LOST_SERVICE_CAUSE = 'NE_LOST_SERVICE';

/** Id of that hold. */
export const lostHold = (key: string): string => `${LOST_SERVICE_STEP}:${key}`;
