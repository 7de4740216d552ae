import { shownKey } from '../../core/values/keys.ts';
import { chance } from './chance.ts';
import { type FaultStage, faultShape } from './fault-kinds.ts';
import type { FaultRule, FaultScope } from './fault-rule.ts';
import type { SimRequest, Target } from './request.ts';

/** One request, for the question whether a rule strikes it. */
export type FaultCase = {
  readonly peer: 'ne' | 'tm';
  readonly request: SimRequest;
  readonly target: Target;
  /** How many requests of this key and operation there have been, this one included. */
  readonly nth: number;
  readonly seed: number;
};

/** Takes one of a rule's `count` uses; false when none is left. Must be atomic over processes. */
export type TakeUse = (rule: string, count: number) => boolean;

/**
 * The first rule of a stage that strikes this request, or null. It looks at rules in the order of their list; a rule
 * that it does not come to, or that does not match, keeps its count.
 */
export const strikingRule = (
  rules: readonly FaultRule[],
  stage: FaultStage,
  asked: FaultCase,
  takeUse: TakeUse,
): FaultRule | null =>
  rules.find((rule) => faultShape(rule.what).stage === stage && strikes(rule, asked, takeUse)) ?? null;

/** Every rule of stage `effect` that strikes this request; of two with the same name the first. */
export const strikingEffects = (
  rules: readonly FaultRule[],
  asked: FaultCase,
  takeUse: TakeUse,
): readonly FaultRule[] => {
  const struck: FaultRule[] = [];
  for (const rule of rules) {
    if (faultShape(rule.what).stage !== 'effect') continue;
    if (!struck.some((other) => other.what === rule.what) && strikes(rule, asked, takeUse)) struck.push(rule);
  }
  return struck;
};

const strikes = (rule: FaultRule, asked: FaultCase, takeUse: TakeUse): boolean => {
  if (!matches(rule, asked)) return false;
  if (rule.what === 'revert-fails' && asked.nth > Number(rule.value)) return false;
  const { frequency } = rule;
  switch (frequency.kind) {
    case 'always':
      return true;
    case 'probability': {
      const { key, operation } = asked.target;
      return chance('fault', asked.seed, rule.text, key, operation, asked.nth) < frequency.probability;
    }
    case 'count':
      return takeUse(rule.text, frequency.count);
  }
};

const matches = ({ what, scope }: FaultRule, { peer, request, target }: FaultCase): boolean => {
  const { operations } = faultShape(what);
  const anyOperation =
    operations === null || operations.includes(target.operation) || (what === 'reject' && isScoped(scope));
  return (
    anyOperation &&
    (scope.peer === null || scope.peer === peer) &&
    (scope.method === null || scope.method === request.method) &&
    (scope.path === null || matchesPath(scope.path, request)) &&
    (scope.key === null || isPartOf(scope.key, target.key))
  );
};

/** A rejection is for creates and calls, unless the rule says itself which requests it means. */
const isScoped = (scope: FaultScope): boolean => scope.method !== null || scope.path !== null;

/** With or without the mark of the database, which who writes a rule need not know. */
const isPartOf = (part: string, key: string): boolean => key.includes(part) || shownKey(key).includes(part);

const matchesPath = (pattern: string, request: SimRequest): boolean => {
  const [path = '', parameter] = pattern.split('?');
  if (parameter !== undefined && !Object.hasOwn(request.query, parameter)) return false;
  if (path.endsWith('/*')) return request.path.startsWith(path.slice(0, -1));
  if (path.endsWith('$')) return request.path === path.slice(0, -1);
  return request.path === path || request.path.startsWith(path.endsWith('/') ? path : `${path}/`);
};
