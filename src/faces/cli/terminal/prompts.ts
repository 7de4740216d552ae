import { openQuestion } from './open-question.ts';
import { confirmTheme, promptTheme, type ThemeTexts } from './prompt-theme.ts';
import { safeLine, safeText } from './safe-text.ts';
import { matches } from './search.ts';
import { readYesNo } from './yes-no.ts';

/** A command needed an answer where it may ask no question. */
export class PromptImpossible extends Error {
  override readonly name = 'PromptImpossible';
}

/** Ctrl-C or Ctrl-D in a prompt, or its terminal is gone. */
export class PromptCancelled extends Error {
  override readonly name = 'PromptCancelled';
}

/** Esc or `<` in a question that may be gone back from. Who does not go back takes it for an answer that was not given. */
export class PromptBack extends PromptCancelled {
  constructor() {
    super('back');
  }
}

/** Typed in place of an answer: back to the question before. */
export const BACK = '<';

/** A question that may be gone back from throws PromptBack at Esc and at `<`. */
type MayGoBack = { readonly back?: boolean };

export type Choice<T> = {
  readonly value: T;
  readonly name: string;
  readonly description?: string;
  /** More texts that a search finds it by, e.g. a phone number. */
  readonly search?: readonly string[];
};

export type Prompts = {
  /** Ask only when true: the methods throw PromptImpossible otherwise. */
  readonly possible: boolean;
  /** `validate` answers null, or what is wrong. */
  readonly input: (
    question: MayGoBack & {
      readonly message: string;
      readonly initial?: string;
      readonly validate?: (text: string) => string | null;
    },
  ) => Promise<string>;
  readonly select: <T>(
    question: MayGoBack & {
      readonly message: string;
      readonly choices: readonly Choice<T>[];
    },
  ) => Promise<T>;
  /** A pick by typing a part of the name, digits, or Korean initial consonants. */
  readonly search: <T>(
    question: MayGoBack & {
      readonly message: string;
      readonly choices: readonly Choice<T>[];
      /** One more choice, made of what was typed; null: none. */
      readonly typed?: (term: string) => Choice<T> | null;
    },
  ) => Promise<T>;
  /** The default is No. */
  readonly confirm: (message: string) => Promise<boolean>;
  /** true when the shown number was typed. */
  readonly confirmCount: (message: string, count: number) => Promise<boolean>;
};

type AskFacts = {
  readonly stdinTty: boolean;
  readonly stdoutTty: boolean;
  readonly stderrTty: boolean;
  readonly noInput: boolean;
  readonly env: NodeJS.ProcessEnv;
};

/**
 * Whether a person can answer. Checked before inquirer is touched: with stdin at /dev/null it prints to stdout and ends
 * the process with 0, and a pipe's data would be eaten as the answer.
 */
export const canAsk = ({ stdinTty, stdoutTty, stderrTty, noInput, env }: AskFacts): boolean => {
  const ci = env.CI ?? '';
  return stdinTty && stdoutTty && stderrTty && !noInput && (ci === '' || ci === 'false' || ci === '0');
};

const impossible = (message: string): Promise<never> => Promise.reject(new PromptImpossible(message));

/** For pipes, scripts and CI. */
export const noPrompts: Prompts = {
  possible: false,
  input: ({ message }) => impossible(message),
  select: ({ message }) => impossible(message),
  search: ({ message }) => impossible(message),
  confirm: impossible,
  confirmCount: impossible,
};

export type PromptStreams = {
  readonly input: NodeJS.ReadableStream;
  /** stderr: stdout is data only. */
  readonly output: NodeJS.WritableStream;
  /** Takes an open question back, e.g. at SIGTERM. */
  readonly signal?: AbortSignal;
};

export type PromptTexts = ThemeTexts & {
  readonly notUtf8: string;
  /** What may be typed at a confirmation, the default in capitals: `y/N`. */
  readonly yesNo: string;
  readonly answerYesNo: string;
  /** Asked below numbered choices. */
  readonly number: (most: number) => string;
  readonly yes: string;
  readonly no: string;
};

const SHOWN = 10;

/** Prompts on a terminal. inquirer is loaded at the first question. */
export const terminalPrompts = (streams: PromptStreams, texts: PromptTexts): Prompts => {
  const ask = async <T>(question: Question, back = false): Promise<T> => {
    const { default: inquirer } = await import('inquirer');
    const { input, signal } = streams;
    const {
      output,
      left,
      back: goesBack,
      close,
    } = openQuestion({ ...streams, back: back ? backKey(question) : null });
    const leaves = AbortSignal.any([...(signal === undefined ? [] : [signal]), left, goesBack]);
    const themed: Question = { theme: promptTheme(texts, { back }), ...question };
    const prompt = inquirer.createPromptModule({ input, output, signal: leaves });
    try {
      const answers = await prompt<{ answer: T }>([{ ...themed, name: 'answer' }]);
      return answers.answer;
    } catch (error) {
      if (isCancel(error)) throw goesBack.aborted ? new PromptBack() : new PromptCancelled('cancelled');
      throw error;
    } finally {
      close();
    }
  };
  const input: Prompts['input'] = async ({ message, initial, validate, back }) => {
    const isBack = (text: string): boolean => back === true && text.trim() === BACK;
    const text = await ask<string>(
      {
        type: 'input',
        message: safeLine(message),
        ...(initial === undefined ? {} : { default: initial }),
        // What a terminal in another encoding sends: the letters are lost, and would be kept as something else.
        validate: (typed: string) =>
          isBack(typed) || (typed.includes('\ufffd') ? texts.notUtf8 : (validate?.(typed) ?? true)),
      },
      back,
    );
    if (isBack(text)) throw new PromptBack();
    return text;
  };
  // inquirer's own confirmation takes no Korean answer but the one that it shows.
  const confirm: Prompts['confirm'] = async (message) => {
    const typed = await ask<string>({
      type: 'input',
      message: safeLine(message),
      theme: confirmTheme(promptTheme(texts), texts.yesNo),
      validate: (text: string) => readYesNo(text) !== null || texts.answerYesNo,
      transformer: (text: string, { isFinal }: { readonly isFinal: boolean }) =>
        isFinal ? (readYesNo(text) === true ? texts.yes : texts.no) : text,
    });
    return readYesNo(typed) === true;
  };
  // Choices are found again by index, so that inquirer never has to carry a value.
  const pick = async <T>(choices: readonly Choice<T>[], answer: Promise<number>): Promise<T> => {
    const chosen = choices[await answer];
    if (chosen === undefined) throw new PromptImpossible(texts.noMatch);
    return chosen.value;
  };
  return {
    possible: true,
    input,
    select: ({ message, choices, back }) =>
      pick(
        choices,
        ask<number>(
          {
            type: 'select',
            message: safeText(message),
            choices: choices.map(shown),
            pageSize: SHOWN,
          },
          back,
        ),
      ),
    search: async ({ message, choices, typed, back }) => {
      let last: (typeof choices)[number] | null = null;
      const answer = await ask<number>(
        {
          type: 'search',
          message: safeLine(message),
          pageSize: SHOWN,
          source: (term: string | undefined) => {
            last = typed?.(term ?? '') ?? null;
            return [
              ...choices.flatMap((choice, i) => (found(choice, term ?? '') ? [shown(choice, i)] : [])),
              ...(last === null ? [] : [shown(last, choices.length)]),
            ];
          },
        },
        back,
      );
      return pick(last === null ? choices : [...choices, last], Promise.resolve(answer));
    },
    confirm,
    confirmCount: async (message, count) => (await input({ message })).trim() === String(count),
  };
};

/** Which typed sign goes back at once: in a search `<` is part of no name. An input tells it from its text. */
const backKey = ({ type }: Question): 'esc' | 'esc-or-sign' => (type === 'input' ? 'esc' : 'esc-or-sign');

type Question = { readonly type: string; readonly message: string; readonly [option: string]: unknown };

const shown = (
  choice: Choice<unknown>,
  i: number,
): { value: number; name: string; description?: string } => ({
  value: i,
  name: safeLine(choice.name),
  ...(choice.description === undefined ? {} : { description: safeLine(choice.description) }),
});

const found = (choice: Choice<unknown>, term: string): boolean =>
  matches(term, [choice.name, ...(choice.search ?? [])]);

const isCancel = (error: unknown): boolean =>
  error instanceof Error && (error.name === 'ExitPromptError' || error.name === 'AbortPromptError');
