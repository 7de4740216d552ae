import { ENGLISH, type Texts } from './catalogue.ts';
import type { Lang } from './lang.ts';

/** The texts of a language. It loads other languages than English only when it needs them. */
export const loadTexts = async (lang: Lang): Promise<Texts> => {
  if (lang === 'en') return ENGLISH;
  const { KOREAN } = await import('./ko/index.ts');
  return KOREAN;
};
