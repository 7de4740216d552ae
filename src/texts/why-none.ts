import type { schedule } from './en/schedule.ts';

type WhyNone = (typeof schedule)['whyNone'];
const isKnown = (name: string, words: WhyNone): name is keyof WhyNone => Object.hasOwn(words, name);

/** The words of what stood in the way of every choice (`SKILL:3`, `AREA_UNKNOWN`); a code that is not known stays as it is. */
export const whyNoneText = (code: string, words: WhyNone): string => {
  const [name = '', n = ''] = code.split(':');
  if (!isKnown(name, words)) return code;
  const word = words[name];
  return typeof word === 'string' ? word : word(Number(n));
};
