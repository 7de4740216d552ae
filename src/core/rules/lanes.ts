/** Steps of different lanes do not wait for each other. */
export const LANES = ['local', 'ne', 'tm'] as const;
export type Lane = (typeof LANES)[number];

/** Lanes that talk to a peer. */
export const PEER_LANES = ['ne', 'tm'] as const;
export type PeerLane = (typeof PEER_LANES)[number];
