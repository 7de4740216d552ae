import { describe, expect, it } from 'vitest';
import { checkCancelCode, checkReturnCode, checkRevisitCode } from './reason-code-check.ts';
import { CANCEL_CODES, RETURN_CODES, REVISIT_CODES } from './reason-codes.ts';
import { Refusal } from './refusal.ts';

const refusal = (check: () => unknown): Refusal => {
  try {
    check();
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
  throw new Error('nothing was refused');
};

describe('the table of reason codes', () => {
  it.each([
    ['tm-queue', true, ['NO_ACCESS', 'CUSTOMER_RESCHEDULE', 'CUSTOMER_NOT_READY']],
    [
      'tm-queue',
      false,
      [
        'TECHNICIAN_UNAVAILABLE',
        'CPE_UNAVAILABLE',
        'CPE_DEFECTIVE',
        'WEATHER',
        'SITE_UNSAFE',
        'SKILL_MISMATCH',
        'ADDITIONAL_WORK',
      ],
    ],
    ['held', false, ['NETWORK_FAULT', 'LOW_OPTICAL_POWER']],
    ['customer-pending', false, ['WRONG_ADDRESS', 'INFORMATION_REQUIRED']],
  ])('revisit to %s, counts %s', (to, counts, codes) => {
    const rows = Object.entries(REVISIT_CODES).filter(([, row]) => row.to === to && row.counts === counts);
    expect(rows.map(([code]) => code).sort()).toEqual([...codes].sort());
  });

  it('has the return and cancel codes of the domain', () => {
    expect(Object.keys(RETURN_CODES)).toEqual([
      'NO_FACILITY',
      'INSTALL_IMPOSSIBLE',
      'CONSENT_REFUSED',
      'CUSTOMER_CHANGED_MIND',
      'DUPLICATE_ORDER',
      'PROPERTY_UNOCCUPIED',
      'OTHER',
    ]);
    expect(Object.keys(CANCEL_CODES)).toEqual([
      'CUSTOMER_CHANGED_MIND',
      'NO_LONGER_REQUIRED',
      'DUPLICATE_ORDER',
      'DELIVERY_TOO_LONG',
      'WRONG_PRODUCT',
      'UNREACHABLE',
      'NETWORK_ISSUE',
      'TEST',
      'OTHER',
    ]);
  });

  it('words every code in both languages', () => {
    for (const row of [REVISIT_CODES, RETURN_CODES, CANCEL_CODES].flatMap((table) => Object.values(table))) {
      expect(row.en).not.toBe('');
      expect(row.ko).toMatch(/[가-힣]/);
    }
  });

  it('keeps revisit codes apart from all others, so that a wrong column is always certain', () => {
    const others = new Set([...Object.keys(RETURN_CODES), ...Object.keys(CANCEL_CODES)]);
    expect(Object.keys(REVISIT_CODES).filter((code) => others.has(code))).toEqual([]);
  });
});

describe('checking a code', () => {
  it('takes any case and separator', () => {
    expect(checkRevisitCode(' no-access ')).toBe('NO_ACCESS');
    expect(checkReturnCode('No Facility')).toBe('NO_FACILITY');
    expect(checkCancelCode('wrong_product')).toBe('WRONG_PRODUCT');
  });

  it('takes every code in its own column', () => {
    for (const code of Object.keys(REVISIT_CODES)) expect(checkRevisitCode(code)).toBe(code);
    for (const code of Object.keys(RETURN_CODES)) expect(checkReturnCode(code, 'in words')).toBe(code);
    for (const code of Object.keys(CANCEL_CODES)) expect(checkCancelCode(code, 'in words')).toBe(code);
  });

  it.each([
    ['field return', 'NO_ACCESS', 'field revisit', () => checkReturnCode('NO_ACCESS')],
    ['field return', 'WRONG_PRODUCT', 'order cancel', () => checkReturnCode('WRONG_PRODUCT')],
    ['field revisit', 'NO_FACILITY', 'field return', () => checkRevisitCode('NO_FACILITY')],
    [
      'field revisit',
      'CUSTOMER_CHANGED_MIND',
      'field return',
      () => checkRevisitCode('CUSTOMER_CHANGED_MIND'),
    ],
    ['field revisit', 'TEST', 'order cancel', () => checkRevisitCode('TEST')],
    ['order cancel', 'WEATHER', 'field revisit', () => checkCancelCode('WEATHER')],
    ['order cancel', 'NO_FACILITY', 'field return', () => checkCancelCode('NO_FACILITY')],
  ])('%s does not take %s: %s does', (command, code, instead, check) => {
    const { code: refused, detail } = refusal(check);
    expect([refused, detail]).toEqual(['WRONG_COLUMN', { code, command, instead }]);
  });

  it('suggests the nearest code of the column', () => {
    expect(refusal(() => checkReturnCode('NO_FACILTY'))).toMatchObject({
      code: 'UNKNOWN_CODE',
      kind: 'usage',
      detail: { code: 'NO_FACILTY', codes: Object.keys(RETURN_CODES), suggestion: 'NO_FACILITY' },
    });
    expect(refusal(() => checkCancelCode('constructor')).detail).toMatchObject({ suggestion: null });
  });

  it.each([undefined, '', '  '])('wants words for OTHER, not %j', (text) => {
    for (const check of [checkReturnCode, checkCancelCode]) {
      const refused = refusal(() => (text === undefined ? check('OTHER') : check('OTHER', text)));
      expect([refused.code, refused.detail]).toEqual(['TEXT_REQUIRED', { code: 'OTHER' }]);
    }
    expect(checkCancelCode('OTHER', 'moved abroad')).toBe('OTHER');
  });
});
