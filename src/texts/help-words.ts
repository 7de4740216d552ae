import type { Lang } from './lang.ts';

/** How the English words of descriptors, settings and topics are told to the reader. */
export type HelpWords = {
  readonly say: (english: string) => string;
  /** The name of a value in a usage line. */
  readonly placeholder: (word: string) => string;
  /** The paragraphs about the command of this path. */
  readonly details: (path: string, english: string) => string;
};

export const AS_WRITTEN: HelpWords = {
  say: (english) => english,
  placeholder: (word) => word,
  details: (_path, english) => english,
};

/** They are many, and only help and questions need them: they are loaded there, beside the other texts. */
export const loadHelpWords = async (lang: Lang): Promise<HelpWords> => {
  if (lang === 'en') return AS_WRITTEN;
  const { koreanHelp } = await import('./ko/help/index.ts');
  return koreanHelp;
};
