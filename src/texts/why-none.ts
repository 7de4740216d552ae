import { readWhyNone, type WhyNoneCode, type WhyNoneValues } from '../core/codes/why-none.ts';
import { type CodedWords, inWords } from './coded.ts';

/** The words of what stood in the way of every choice. */
export const whyNoneText = (why: WhyNoneCode, words: CodedWords<WhyNoneValues>): string =>
  inWords(words, readWhyNone(why));
