import { ENGLISH, type PartialTexts, type Texts } from './catalogue.ts';
import type { Lang } from './lang.ts';

const isSection = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

const over = (base: unknown, patch: unknown): unknown =>
  isSection(base) && isSection(patch)
    ? Object.fromEntries(
        Object.entries(base).map(([key, value]) => [key, key in patch ? over(value, patch[key]) : value]),
      )
    : (patch ?? base);

/** `patch` laid over the English texts. */
export const withTexts = (patch: PartialTexts): Texts => over(ENGLISH, patch) as Texts;

/** The texts of a language. Other languages than English are loaded only when asked for. */
export const loadTexts = async (lang: Lang): Promise<Texts> => {
  if (lang === 'en') return ENGLISH;
  const { KOREAN } = await import('./ko/index.ts');
  return withTexts(KOREAN);
};
