export const breaker = {
  states: { closed: 'closed', halfOpen: 'being tried', due: 'open, to be tried' },
  open: (until: string, by: string | null): string =>
    `open${until === '' ? '' : ` until ${until}`}${by === null ? '' : `, by ${by}`}`,
  /** Of an order that waits: which peer, asked again when, why. */
  waitsForPeer: (peer: string, until: string | null, because: string): string =>
    `${peer} is not asked now${because === '' ? '' : `: ${because}`}; ${until === null ? 'it is tried again soon' : `tried again at ${until}`}`,
  alreadyClosed: 'it was closed already',
  sooner: 'to end it sooner',
  columns: {
    name: 'BREAKER',
    state: 'STATE',
    failures: 'FAILURES',
    lastFailure: 'LAST FAILURE',
    because: 'BECAUSE',
  },
};
