import { ENGLISH, type Texts } from './catalogue.ts';
import type { Lang } from './lang.ts';

/** The texts of a language. Other languages than English are loaded only when asked for. */
export const loadTexts = async (lang: Lang): Promise<Texts> => {
  if (lang === 'en') return ENGLISH;
  const { KOREAN } = await import('./ko/index.ts');
  return KOREAN;
};
