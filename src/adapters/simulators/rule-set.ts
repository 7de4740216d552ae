import { faultShape } from './fault-kinds.ts';
import { type FaultRule, parseFault } from './fault-rule.ts';
import type { Journal } from './journal.ts';

/** The fault rules of one running simulator. They may change while it runs. */
export type RuleSet = {
  readonly all: () => readonly FaultRule[];
  /** Adds a rule, with its full count. Throws Refusal BAD_VALUE. */
  readonly add: (text: string) => FaultRule;
  /** Takes one rule back, or all of them. Returns how many. */
  readonly remove: (text?: string) => number;
  /** The rule that closes the port, if there is one. */
  readonly closing: () => FaultRule | null;
};

export type RuleSetOptions = {
  readonly peer: 'ne' | 'tm';
  readonly journal: Journal;
  readonly initial: readonly string[];
  /** true: the counts used up by earlier runs on the same ledger no longer matter. */
  readonly fresh: boolean;
  readonly changed: () => void;
};

export const createRuleSet = ({ peer, journal, initial, fresh, changed }: RuleSetOptions): RuleSet => {
  const concerns = (rule: FaultRule): boolean => rule.scope.peer === null || rule.scope.peer === peer;
  let rules: readonly FaultRule[] = initial.map((text) => parseFault(text)).filter(concerns);
  if (fresh) for (const rule of rules) journal.resetUses(rule.text);
  return {
    all: () => rules,
    add: (text) => {
      const rule = parseFault(text, 'fault');
      journal.resetUses(rule.text);
      rules = [...rules.filter((other) => other.text !== rule.text), ...(concerns(rule) ? [rule] : [])];
      changed();
      return rule;
    },
    remove: (text) => {
      const kept = text === undefined ? [] : rules.filter((rule) => rule.text !== text.trim());
      const removed = rules.length - kept.length;
      rules = kept;
      changed();
      return removed;
    },
    closing: () => rules.find((rule) => faultShape(rule.what).stage === 'listener') ?? null,
  };
};
