export const breaker = {
  states: { closed: 'closed', halfOpen: 'being tried', due: 'open, to be tried' },
  open: (until: string, by: string | null): string =>
    `open${until === '' ? '' : ` until ${until}`}${by === null ? '' : `, by ${by}`}`,
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
