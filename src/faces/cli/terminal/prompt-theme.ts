import { styleText } from 'node:util';

/** The words that inquirer itself says. */
export type ThemeTexts = {
  readonly noMatch: string;
  /** What its keys do, by inquirer's word for it. */
  readonly keys: Readonly<Record<string, string>> & { readonly back: string };
};

type Theme = {
  readonly style: {
    readonly keysHelpTip: (keys: readonly (readonly [key: string, action: string])[]) => string;
    readonly error: (text: string) => string;
    readonly message?: (text: string, status: string) => string;
  };
};

/** What a search says that found nothing; inquirer has no option for it. */
const NOTHING_FOUND = 'No results found';

/** inquirer's look with the reader's words in it. */
export const promptTheme = (
  { noMatch, keys }: ThemeTexts,
  { back = false }: { readonly back?: boolean } = {},
): Theme => ({
  style: {
    keysHelpTip: (all) =>
      [...all, ...(back ? [['Esc', 'back'] as const] : [])]
        .map(([key, action]) => `${styleText('bold', key)} ${styleText('dim', keys[action] ?? action)}`)
        .join(styleText('dim', ' • ')),
    error: (text) => styleText('red', `> ${text === NOTHING_FOUND ? noMatch : text}`),
  },
});

/** The same for a confirmation: what may be typed stands behind the question until it is answered. */
export const confirmTheme = ({ style }: Theme, hint: string): Theme => ({
  style: {
    ...style,
    message: (text, status) =>
      status === 'done'
        ? styleText('bold', text)
        : `${styleText('bold', text)} ${styleText('dim', `(${hint})`)}`,
  },
});
