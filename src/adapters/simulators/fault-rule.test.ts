import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { isRefusal, Refusal } from '../../core/rules/refusal.ts';
import { answerFor, parseAnswers } from './answers.ts';
import { FAULTS } from './fault-kinds.ts';
import { type FaultRule, parseFault } from './fault-rule.ts';
import { type FaultCase, strikingEffects, strikingRule } from './faults.ts';

const ANY = { peer: null, method: null, path: null, key: null };
const ALWAYS = { kind: 'always' };

describe('reading a fault rule', () => {
  it.each<[string, Partial<FaultRule> | object]>([
    ['reset-before', { what: 'reset-before', value: null, frequency: ALWAYS, scope: ANY }],
    ['reset-after:1', { what: 'reset-after', frequency: { kind: 'count', count: 1 } }],
    ['500-before:0.2', { what: '500-before', frequency: { kind: 'probability', probability: 0.2 } }],
    ['500-before:.5', { frequency: { kind: 'probability', probability: 0.5 } }],
    ['500-before:1.0', { frequency: { kind: 'probability', probability: 1 } }],
    ['500-before:20%', { frequency: { kind: 'probability', probability: 0.2 } }],
    ['late-after:300', { what: 'late-after', value: '300', frequency: ALWAYS }],
    ['late-after:300:2', { value: '300', frequency: { kind: 'count', count: 2 } }],
    ['reject:NO_PORT:50%', { value: 'NO_PORT', frequency: { kind: 'probability', probability: 0.5 } }],
    ['503', { what: '503', value: null, frequency: ALWAYS }],
    ['503:30', { value: '30', frequency: ALWAYS }],
    ['503:retry-after', { what: '503', value: '5', frequency: ALWAYS }],
    ['429:retry-after:2@tm', { value: '5', frequency: { kind: 'count', count: 2 } }],
    ['503::2', { value: null, frequency: { kind: 'count', count: 2 } }],
    ['answer:no-answer:1', { value: 'no-answer', frequency: { kind: 'count', count: 1 } }],
    ['garbage@POST /service', { scope: { ...ANY, method: 'POST', path: '/service' } }],
    ['garbage@tm', { scope: { ...ANY, peer: 'tm' } }],
    [
      'garbage @ internet.hsi  /service PATCH ne',
      { scope: { peer: 'ne', method: 'PATCH', path: '/service', key: 'internet.hsi' } },
    ],
    ['refuse:500@ne', { what: 'refuse', value: '500', scope: { ...ANY, peer: 'ne' } }],
  ])('%s', (text, expected) => {
    expect(parseFault(text)).toMatchObject({ text, ...expected });
  });

  it.each([
    ['', { code: 'FAULT', faults: expect.arrayContaining(['refuse', 'reset-before']) }],
    ['explode', { code: 'FAULT' }],
    ['constructor', { code: 'FAULT' }],
    ['late-after', { code: 'FAULT_VALUE', form: expect.stringContaining('late-after:<ms>'), value: 'ms' }],
    ['late-after:soon', { code: 'FAULT_VALUE', value: 'ms' }],
    ['reject', { code: 'FAULT_VALUE', form: expect.stringContaining('reject:<code>'), value: 'code' }],
    ['reject:no port', { code: 'FAULT_VALUE', value: 'code' }],
    ['revert-fails:0', { code: 'FAULT_VALUE', value: 'times' }],
    ['answer:maybe', { code: 'FAULT_ANSWER', answers: expect.arrayContaining(['agreed']) }],
    ['503:0.5', { code: 'FAULT_VALUE', without: '503::0.5' }],
    // A hint that would be refused itself is none.
    ['503:soon', { code: 'FAULT_VALUE', value: 'seconds', without: null }],
    ['reset-after:0', { code: 'FAULT_FREQUENCY' }],
    ['reset-after:-1', { code: 'FAULT_FREQUENCY' }],
    ['reset-after:1.5', { code: 'FAULT_FREQUENCY' }],
    ['reset-after:101%', { code: 'FAULT_FREQUENCY' }],
    ['reset-after:often', { code: 'FAULT_FREQUENCY' }],
    ['reset-after:1:2', { form: 'reset-after[:probability|:count][@scope]' }],
    ['reset-after@GET POST', { code: 'FAULT_SCOPE' }],
    ['refuse::1', { form: expect.stringContaining('refuse[:ms]') }],
    ['refuse@POST', { code: 'FAULT_CLOSED' }],
  ])('refuses %j and says what was expected', (text, expected) => {
    const refused = (() => {
      try {
        return parseFault(text);
      } catch (error) {
        return error;
      }
    })();
    if (!isRefusal(refused, 'BAD_VALUE')) throw new Error('it is read');
    expect(refused.detail).toMatchObject({ flag: '--fault', value: text, expected });
  });

  it('is documented fault by fault', () => {
    const document = readFileSync(new URL('../../../docs/simulators.md', import.meta.url), 'utf8');
    for (const [what, { does }] of Object.entries(FAULTS)) {
      expect(document).toContain(`| \`${what}`);
      expect(document).toContain(does);
    }
  });
});

const rules = (...texts: readonly string[]): readonly FaultRule[] => texts.map((text) => parseFault(text));

const lookup: FaultCase = {
  peer: 'ne',
  request: { method: 'GET', path: '/service', query: { name: 'K' }, idempotencyKey: null, body: undefined },
  target: { operation: 'lookup', key: 'ORD-000001/internet.hsi#1/1' },
  nth: 1,
  seed: 1,
};
const revert: FaultCase = {
  ...lookup,
  request: { ...lookup.request, method: 'PATCH', path: '/service/NE-000001', query: {} },
  target: { ...lookup.target, operation: 'revert' },
};
const never = () => false;

describe('whom a rule strikes', () => {
  it.each([
    ['garbage', lookup, true],
    ['garbage@ne', lookup, true],
    ['garbage@tm', lookup, false],
    ['garbage@GET', lookup, true],
    ['garbage@POST', lookup, false],
    ['garbage@/service', lookup, true],
    ['garbage@/service', revert, true],
    ['garbage@/serv', lookup, false],
    ['garbage@/service$', lookup, true],
    ['garbage@/service$', revert, false],
    ['garbage@/service/*', lookup, false],
    ['garbage@/service/*', revert, true],
    ['garbage@/service?name', lookup, true],
    ['garbage@/service?state', lookup, false],
    ['garbage@/', revert, true],
    ['garbage@internet.hsi', lookup, true],
    ['garbage@access.gpon', lookup, false],
  ])('%s: %#', (text, asked, struck) => {
    expect(strikingRule(rules(text), 'delivery', asked, never) !== null).toBe(struck);
  });

  it('keeps faults to the operations that they are about', () => {
    expect(strikingRule(rules('no-lookup'), 'gate', lookup, never)).not.toBeNull();
    expect(strikingRule(rules('no-lookup'), 'gate', revert, never)).toBeNull();
    expect(strikingRule(rules('late-after:1'), 'gate', lookup, never)).toBeNull();
    expect(strikingEffects(rules('reject:NO'), revert, never)).toEqual([]);
    expect(strikingEffects(rules('reject:NO@PATCH'), revert, never)).toHaveLength(1);
  });

  it('takes the first rule that strikes and leaves the count of the others', () => {
    const taken: string[] = [];
    const take = (rule: string) => {
      taken.push(rule);
      return rule === 'html:1';
    };
    const struck = strikingRule(
      rules('garbage:1@tm', 'huge:1', 'html:1', 'truncate:1'),
      'delivery',
      lookup,
      take,
    );
    expect(struck?.what).toBe('html');
    expect(taken).toEqual(['huge:1', 'html:1']);
  });

  it('strikes with its probability, by seed, key and count alone', () => {
    const strikes = (seed: number) =>
      Array.from({ length: 1_000 }, (_, nth) =>
        strikingRule(rules('garbage:0.3'), 'delivery', { ...lookup, seed, nth }, never),
      ).map((rule) => rule !== null);
    const first = strikes(1);
    const count = first.filter(Boolean).length;
    expect(count).toBeGreaterThan(250);
    expect(count).toBeLessThan(350);
    expect(strikes(1)).toEqual(first);
    expect(strikes(2)).not.toEqual(first);
  });
});

describe('the mix of answers', () => {
  it('is read from text', () => {
    expect(parseAnswers('agreed=7, no-answer=2,busy=1')).toEqual({ agreed: 7, 'no-answer': 2, busy: 1 });
  });

  it.each(['', 'agreed', 'agreed=x', 'maybe=1', 'agreed=0', 'agreed=1,agreed=2', 'agreed=-1', 'toString=1'])(
    'refuses %j',
    (text) => {
      expect(() => parseAnswers(text)).toThrow(Refusal);
    },
  );

  it('is kept over many customers', () => {
    const mix = parseAnswers('agreed=70,busy=30');
    const answers = Array.from({ length: 1_000 }, (_, n) => answerFor(mix, 1, `ORD-${n}/call#1`));
    const agreed = answers.filter((answer) => answer === 'agreed').length;
    expect(new Set(answers)).toEqual(new Set(['agreed', 'busy']));
    expect(agreed).toBeGreaterThan(640);
    expect(agreed).toBeLessThan(760);
  });
});
