/** The hold of a service that the NE does not show any more, although the log has no revert of it. */
export const LOST_SERVICE_STEP = 'LostService';
export const LOST_SERVICE_CAUSE = 'NE_LOST_SERVICE';

/** Id of that hold. */
export const lostHold = (key: string): string => `${LOST_SERVICE_STEP}:${key}`;
