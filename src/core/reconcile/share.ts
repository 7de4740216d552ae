/** So few are never many. */
const ALWAYS = 3;

/**
 * How much one comparison may change by itself: `share` (0 to 1) of the services that it saw, and three in any case. More
 * at once is hardly ever the network's true state, but a list that is wrong.
 */
export const mostChanges = (services: number, share: number): number =>
  Math.max(ALWAYS, Math.floor(services * share));
