/** Steps of different lanes do not wait for each other. */
export const LANES = ['local', 'ne', 'tm'] as const;
export type Lane = (typeof LANES)[number];
