import { loadHelpWords } from '../../../texts/help-words.ts';
import type { Lang } from '../../../texts/lang.ts';
import { loadTexts } from '../../../texts/texts.ts';
import type { Session } from '../run/session.ts';
import { wordsOf } from '../run/tree.ts';

/** What the program asks when it is called alone on a terminal. The chosen words, or null to leave. */
export const homeMenu = async (session: Session, lang: Lang): Promise<readonly string[] | null> => {
  const t = await loadTexts(lang);
  const { say } = await loadHelpWords(lang);
  const choices = session.tree.commands
    .filter((command) => command.spec.home === true)
    .map((command) => ({
      value: wordsOf(command),
      name: `${command.spec.path.padEnd(16)} ${say(command.spec.summary)}`,
    }));
  return session.openPrompts(t).select<readonly string[] | null>({
    message: t.prompts.home,
    choices: [...choices, { value: null, name: t.prompts.homeLeave }],
  });
};
