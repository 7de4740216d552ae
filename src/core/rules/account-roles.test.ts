import { describe, expect, test } from 'vitest';
import { type Access, firstGranted, grantsOf, isGranted, parseAccountRule } from './account-roles.ts';

const rules = ['kim=cs|tm', '@noc=noc', 'park=technician:T-04', '@field=technician'].flatMap(
  (text) => parseAccountRule(text) ?? [],
);
const held = (user: string, ...groups: readonly string[]): Access => ({
  kind: 'held',
  account: user,
  grants: grantsOf(rules, { user, groups }),
});

describe('access.roles', () => {
  test.each([
    ['kim=cs|tm', { account: 'kim', isGroup: false, grants: ['cs', 'tm'] }],
    [' @noc = noc ', { account: 'noc', isGroup: true, grants: ['noc'] }],
    ['park=technician:T-04', { account: 'park', isGroup: false, grants: ['technician:T-04'] }],
    ['kim@corp=cs', { account: 'kim@corp', isGroup: false, grants: ['cs'] }],
    ['kim=king', null],
    ['kim=', null],
    ['kim', null],
    ['=cs', null],
    ['@=cs', null],
    ['kim=cs=tm', null],
    ['kim=cs|', null],
    ['kim lee=cs', null],
    ['kim=cs:', null],
  ])('%s', (text, rule) => {
    expect(parseAccountRule(text)).toEqual(rule);
  });

  test.each([
    ['kim', [], 'cs:kim', true],
    ['kim', [], 'tm:anybody', true],
    ['kim', [], 'supervisor:kim', false],
    ['kim', ['noc'], 'noc:kim', true],
    ['noc', [], 'noc:kim', false],
    ['park', [], 'technician:T-04', true],
    ['park', [], 'technician:T-05', false],
    ['lee', ['field'], 'technician:T-05', true],
    ['choi', [], 'cs:choi', false],
  ])('%s in %j as %s: %s', (user, groups, actor, may) => {
    expect(isGranted(held(user, ...groups), actor)).toBe(may);
  });

  test('without the setting everybody is whom they say', () => {
    expect(isGranted({ kind: 'advice' }, 'supervisor:anybody')).toBe(true);
  });

  test('who is not named acts as the first that the account is granted', () => {
    expect(firstGranted({ kind: 'advice' }, 'kim')).toEqual('supervisor:kim');
    expect(firstGranted(held('kim'), 'kim')).toEqual('cs:kim');
    expect(firstGranted(held('park'), 'park')).toEqual('technician:T-04');
    expect(firstGranted(held('choi'), 'choi')).toBeNull();
  });
});
