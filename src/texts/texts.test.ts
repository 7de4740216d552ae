import { describe, expect, it } from 'vitest';
import { REFUSALS } from '../core/rules/refusals.ts';
import { ENGLISH } from './catalogue.ts';
import { KOREAN } from './ko/index.ts';
import { loadTexts, withTexts } from './texts.ts';

/** Every text of a catalogue with its dotted name; functions are told by their source. */
const texts = (value: unknown, name = ''): readonly (readonly [string, string])[] => {
  if (typeof value === 'string' || typeof value === 'function') return [[name, String(value)]];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => texts(inner, name === '' ? key : `${name}.${key}`));
};

describe('texts', () => {
  it('has a text for every refusal and no other', () => {
    expect(Object.keys(ENGLISH.refusals).sort()).toEqual(Object.keys(REFUSALS).sort());
    expect(Object.keys(KOREAN.refusals ?? {}).sort()).toEqual(Object.keys(REFUSALS).sort());
  });

  it('translates only what there is', () => {
    const english = new Set(texts(ENGLISH).map(([name]) => name));
    for (const [name] of texts(KOREAN)) expect(english).toContain(name);
  });

  it('says person or technician, never worker for one', () => {
    for (const [name, text] of texts(ENGLISH)) {
      if (/technician|visit/.test(name)) expect(text).not.toMatch(/\bworker\b/);
    }
  });

  it('falls back to English where there is no Korean', async () => {
    const korean = await loadTexts('ko');
    expect(korean.stages.stage.placed).toBe('접수');
    expect(korean.common.bug).toBe(ENGLISH.common.bug);
    expect(korean.refusals.ORDER_NOT_FOUND({ orderId: 'ORD-000001' }).what).toContain('없습니다');
  });

  it('lays a part over the whole without changing it', () => {
    expect(withTexts({ common: { error: 'x' } }).common).toEqual({ ...ENGLISH.common, error: 'x' });
    expect(ENGLISH.common.error).toBe('error');
  });
});
