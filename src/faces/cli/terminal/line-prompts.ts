import { createInterface } from 'node:readline';
import type { Choice, PromptStreams, Prompts, PromptTexts } from './prompts.ts';
import { BACK, PromptBack, PromptCancelled } from './prompts.ts';
import { safeLine, safeText } from './safe-text.ts';
import { matches } from './search.ts';
import { readYesNo } from './yes-no.ts';

/**
 * Prompts for a screen reader, a braille line, or a terminal that cannot move its cursor: a question is a line, choices are
 * numbered, an answer is typed and ended by Enter, and nothing that was printed changes any more. A choice is taken by its number, or by
 * a part of its name that no other has.
 */
export const linePrompts = ({ input, output, signal }: PromptStreams, texts: PromptTexts): Prompts => {
  const say = (text: string): void => {
    output.write(`${text}\n`);
  };
  const line = (): Promise<string> =>
    new Promise((resolve, reject) => {
      const reader = createInterface({ input, output, terminal: false });
      let isOver = false;
      const end = (settle: () => void): void => {
        if (isOver) return;
        isOver = true;
        signal?.removeEventListener('abort', onAbort);
        reader.close();
        settle();
      };
      const onAbort = (): void => end(() => reject(new PromptCancelled('cancelled')));
      reader.once('line', (text) => end(() => resolve(text)));
      reader.once('close', () => end(() => reject(new PromptCancelled('cancelled'))));
      signal?.addEventListener('abort', onAbort, { once: true });
      if (signal?.aborted) onAbort();
    });
  const ask = async (message: string, back: boolean | undefined): Promise<string> => {
    output.write(`${safeText(message)} `);
    const text = await line();
    if (back === true && text.trim() === BACK) throw new PromptBack();
    return text;
  };
  const input_: Prompts['input'] = async ({ message, initial, validate, back }) => {
    for (;;) {
      const typed = await ask(initial === undefined ? message : `${message} [${initial}]`, back);
      const text = typed === '' ? (initial ?? '') : typed;
      const wrong = text.includes('\ufffd') ? texts.notUtf8 : (validate?.(text) ?? null);
      if (wrong === null) return text;
      say(`! ${safeLine(wrong)}`);
    }
  };
  const pick: Prompts['search'] = async ({ message, choices, typed, back }) => {
    say(safeText(message));
    for (const [i, choice] of choices.entries()) say(`${i + 1}. ${safeLine(choice.name)}`);
    for (;;) {
      const text = (await ask(texts.number(choices.length), back)).trim();
      const meant = chosen(text, choices);
      if (meant.length === 1 && meant[0] !== undefined) return meant[0].value;
      const made = meant.length === 0 ? (typed?.(text) ?? null) : null;
      if (made !== null) return made.value;
      if (meant.length === 0) say(`! ${texts.noMatch}`);
      else for (const choice of meant) say(`${choices.indexOf(choice) + 1}. ${safeLine(choice.name)}`);
    }
  };
  const confirm: Prompts['confirm'] = async (message) => {
    for (;;) {
      const answer = readYesNo(await ask(`${message} (${texts.yesNo})`, false));
      if (answer !== null) return answer;
      say(`! ${texts.answerYesNo}`);
    }
  };
  return {
    possible: true,
    input: input_,
    select: pick,
    search: pick,
    confirm,
    confirmCount: async (message, count) => (await ask(message, false)).trim() === String(count),
  };
};

/** By its number, by its whole name, or by a part of it. */
const chosen = <T>(text: string, choices: readonly Choice<T>[]): readonly Choice<T>[] => {
  if (text === '') return [];
  const byNumber = /^\d{1,3}$/.test(text) ? choices[Number(text) - 1] : undefined;
  if (byNumber !== undefined) return [byNumber];
  const whole = choices.filter(({ name }) => name === text);
  return whole.length > 0
    ? whole
    : choices.filter(({ name, search }) => matches(text, [name, ...(search ?? [])]));
};
