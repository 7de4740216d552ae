/** What answered at a peer's address so far. `both`: first one, later the other; a person must look. */
export type AnsweredBy = 'simulator' | 'real' | 'both';

/** Which peers this database belongs to. null: not bound yet (nothing was written). */
export type Binding = {
  /** A peer is a simulator: the built-in ones, or one that has said so of itself. */
  readonly simulated: boolean;
  /** The base URL, or `simulated`: the simulators inside every command. */
  readonly ne: string;
  readonly tm: string;
  readonly at: string;
  /** Of peers with a URL; absent until the first answer. */
  readonly answeredBy?: { readonly ne?: AnsweredBy; readonly tm?: AnsweredBy };
};

/** What stands in a binding for the simulators inside every command; no URL reads like this. */
export const BUILT_IN_PEER = 'simulated';

/** Both name the same peers, whatever has answered there. */
export const samePeers = (a: Binding, b: Binding): boolean => a.ne === b.ne && a.tm === b.tm;

/** A binding in one line. `simulated`: the word for it. */
export const bindingText = ({ ne, tm, answeredBy }: Binding, simulated = 'simulators'): string => {
  if (ne === BUILT_IN_PEER) return simulated;
  const told = (url: string, by: AnsweredBy | undefined): string =>
    by === 'simulator' ? `${url} (${simulated})` : url;
  return `NE ${told(ne, answeredBy?.ne)}, TM ${told(tm, answeredBy?.tm)}`;
};

/**
 * The binding after an answer. The first answer decides for good; one of the other kind is only recorded, for the
 * log cannot say which of the two the orders were meant for. The same object when nothing is new.
 */
export const afterAnswer = (bound: Binding, peer: 'ne' | 'tm', by: 'simulator' | 'real'): Binding => {
  const before = bound.answeredBy?.[peer];
  if (before === by || before === 'both') return bound;
  if (before !== undefined) return { ...bound, answeredBy: { ...bound.answeredBy, [peer]: 'both' } };
  return {
    ...bound,
    simulated: bound.simulated || by === 'simulator',
    answeredBy: { ...bound.answeredBy, [peer]: by },
  };
};

/** A peer was both, or one is a simulator and the other is not: neither is ever meant. */
export const isMixed = ({ answeredBy = {} }: Binding): boolean => {
  const { ne, tm } = answeredBy;
  return ne === 'both' || tm === 'both' || (ne !== undefined && tm !== undefined && ne !== tm);
};
