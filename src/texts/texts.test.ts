import { describe, expect, it } from 'vitest';
import { REFUSALS } from '../core/rules/refusals.ts';
import { ENGLISH, type Texts } from './catalogue.ts';
import { KOREAN } from './ko/index.ts';
import { loadTexts } from './texts.ts';

/** Every text of a catalogue with its dotted name; functions by their source. */
const texts = (value: unknown, name = ''): readonly (readonly [string, string])[] => {
  if (typeof value === 'string' || typeof value === 'function') return [[name, String(value)]];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => texts(inner, name === '' ? key : `${name}.${key}`));
};

describe('texts', () => {
  it('has a text for every refusal and no other', () => {
    expect(Object.keys(ENGLISH.refusals).sort()).toEqual(Object.keys(REFUSALS).sort());
    expect(Object.keys(KOREAN.refusals).sort()).toEqual(Object.keys(REFUSALS).sort());
  });

  it('has the same texts in every language', () => {
    const names = (all: Texts): string[] => texts(all).map(([name]) => name);
    expect(names(KOREAN).sort()).toEqual(names(ENGLISH).sort());
  });

  it('says person or technician, never worker for one', () => {
    for (const [name, text] of texts(ENGLISH)) {
      if (/technician|visit/.test(name)) expect(text).not.toMatch(/\bworker\b/);
    }
  });

  it('loads the language that is asked for', async () => {
    const korean = await loadTexts('ko');
    expect(korean.stages.stage.placed).toBe('접수');
    expect(korean).toBe(KOREAN);
    expect(await loadTexts('en')).toBe(ENGLISH);
    expect(korean.refusals.ORDER_NOT_FOUND({ orderId: 'ORD-000001' }).what).toContain('없습니다');
  });
});
