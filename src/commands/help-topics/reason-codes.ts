import { CANCEL_CODES, RETURN_CODES, REVISIT_CODES } from '../../core/rules/reason-codes.ts';
import type { Lang } from '../../texts/lang.ts';
import type { TopicRow } from './topics.ts';

type Code = { readonly en: string; readonly ko: string; readonly to?: string; readonly counts?: boolean };

const rows = (group: string, codes: Readonly<Record<string, Code>>, lang: Lang): readonly TopicRow[] =>
  Object.entries(codes).map(([name, code]) => {
    const back =
      code.to === undefined ? '' : ` -> ${code.to}${code.counts === true ? ', counts as a visit' : ''}`;
    return { group, name, meaning: `${code[lang]}${back}` };
  });

export const reasonCodeRows = (lang: Lang): readonly TopicRow[] => [
  ...rows('field revisit', REVISIT_CODES, lang),
  ...rows('field return', RETURN_CODES, lang),
  ...rows('order cancel', CANCEL_CODES, lang),
];
