import { BACK, PromptBack, PromptCancelled, type Prompts } from '../../faces/cli/terminal/prompts.ts';
import { matches } from '../../faces/cli/terminal/search.ts';

/**
 * An answer of a test: a text that is typed (for a pick: the first choice that it finds), yes or no, or Ctrl-C.
 */
export type Answer = string | boolean | typeof CTRL_C;

export const CTRL_C = Symbol('Ctrl-C');

export type ScriptedPrompts = Prompts & {
  readonly questions: () => readonly string[];
  /** Throws what the program may have taken for an ordinary failure: an unexpected question, or an unused answer. */
  readonly check: () => void;
};

/** Prompts that answer from a list, in order. */
export const scriptedPrompts = (answers: readonly Answer[]): ScriptedPrompts => {
  const asked: string[] = [];
  const left = [...answers];
  let broken: Error | null = null;
  const breakTest = (message: string): never => {
    broken ??= new Error(message);
    throw broken;
  };
  const next = (message: string): string | boolean => {
    asked.push(message);
    const answer = left.shift();
    if (answer === undefined) return breakTest(`unexpected prompt: ${message}`);
    if (answer === CTRL_C) throw new PromptCancelled('cancelled');
    return answer;
  };
  const text = (message: string, back = false): string => {
    const answer = next(message);
    if (back && answer === BACK) throw new PromptBack();
    return typeof answer === 'string'
      ? answer
      : breakTest(`"${message}" wants a text, the test says ${answer}`);
  };
  const pick: Prompts['search'] = async ({ message, choices, typed, back }) => {
    const answer = text(message, back);
    const found =
      choices.find((choice) => choice.name === answer) ??
      choices.find((choice) => matches(answer, [choice.name, ...(choice.search ?? [])]));
    if (found !== undefined) return found.value;
    const made = typed?.(answer) ?? null;
    if (made !== null) return made.value;
    return breakTest(
      `"${message}" has no "${answer}" among: ${choices.map((choice) => choice.name).join(' | ')}`,
    );
  };
  return {
    possible: true,
    // Nothing typed takes what stands in front of the cursor, as on a terminal.
    input: async ({ message, initial, validate, back }) => {
      let typed = text(message, back) || (initial ?? '');
      for (let wrong = validate?.(typed) ?? null; wrong !== null; wrong = validate?.(typed) ?? null) {
        typed = text(`${message} (${wrong})`, back);
      }
      return typed;
    },
    select: pick,
    search: pick,
    confirm: async (message) => {
      const answer = next(message);
      return typeof answer === 'boolean'
        ? answer
        : breakTest(`"${message}" wants yes or no, the test says ${answer}`);
    },
    confirmCount: async (message, count) => text(message) === String(count),
    questions: () => asked,
    check: () => {
      if (broken !== null) throw broken;
      if (left.length > 0) throw new Error(`answers that nobody asked for: ${left.map(String).join(', ')}`);
    },
  };
};
