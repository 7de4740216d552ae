import type { LookUp, Outcome } from '../../peers/outcome.ts';
import { later, type Retry, type Settled } from './kinds.ts';

type Unanswered = Extract<
  Outcome<unknown>,
  { kind: 'accepted' | 'turned-away' | 'not-sent' | 'misconfigured' | 'in-doubt' }
>;

/** When to come back after a request that may simply be sent again. */
export const laterAfter = (outcome: Unanswered): Settled => {
  switch (outcome.kind) {
    case 'accepted':
      return later({ code: 'NOT_FINISHED' });
    case 'not-sent':
      return later(outcome.cause, outcome.retryAt, !outcome.breakerOpen);
    case 'turned-away':
      return later(outcome.cause, outcome.retryAt);
    case 'misconfigured':
    case 'in-doubt':
      return later(outcome.cause);
  }
};

/** The same for this step alone. When it could not send, or the peer turned it away, the whole lane waits. */
export const aloneAfter = (outcome: Unanswered): Settled =>
  outcome.kind === 'not-sent' || outcome.kind === 'turned-away'
    ? laterAfter(outcome)
    : alone(laterAfter(outcome));

const alone = ({ events, retry }: Settled): Settled => ({
  events,
  retry: retry === null ? null : ({ ...retry, alone: true } satisfies Retry),
});

/** The same after a look-up that proved nothing. */
export const laterAfterLookUp = (
  lookUp: Extract<LookUp<unknown>, { kind: 'unknown' | 'misconfigured' | 'unsupported' }>,
): Settled => later(lookUp.cause, lookUp.kind === 'unknown' ? lookUp.retryAt : null);

/** The same for this step alone. */
export const aloneAfterLookUp = (lookUp: Parameters<typeof laterAfterLookUp>[0]): Settled =>
  alone(laterAfterLookUp(lookUp));
