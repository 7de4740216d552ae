/** How long a claim holds after it was taken or extended: far longer than any call's deadline. */
export const LEASE_MS = 60_000;

/** A commit extends a lease that has become shorter than this; one that is nearly whole costs no write of its own. */
export const LEASE_LEFT_MS = 55_000;
