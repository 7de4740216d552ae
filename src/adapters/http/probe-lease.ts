/** A probe's lease is longer than its send window and its request by this much. */
const PROBE_MARGIN_MS = 5_000;

/** How long a probe of a peer may take before another process may try, ms. */
export const probeLeaseMs = (timeoutMs: number): number => timeoutMs + PROBE_MARGIN_MS;
