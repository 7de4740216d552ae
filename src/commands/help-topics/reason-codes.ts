import { CANCEL_CODES, RETURN_CODES, REVISIT_CODES, type RevisitTo } from '../../core/rules/reason-codes.ts';
import type { View } from '../framework/print/view.ts';
import type { TopicRow } from './topics.ts';

type Code = { readonly en: string; readonly ko: string; readonly to?: RevisitTo; readonly counts?: boolean };

const rows = (group: string, codes: Readonly<Record<string, Code>>, { lang, t }: View): readonly TopicRow[] =>
  Object.entries(codes).map(([name, code]) => ({
    group,
    name,
    meaning: code.to === undefined ? code[lang] : t.help.leadsTo(code[lang], code.to, code.counts === true),
  }));

export const reasonCodeRows = (view: View): readonly TopicRow[] => [
  ...rows('field revisit', REVISIT_CODES, view),
  ...rows('field return', RETURN_CODES, view),
  ...rows('order cancel', CANCEL_CODES, view),
];
