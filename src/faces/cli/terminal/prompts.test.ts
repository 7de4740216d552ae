import { PassThrough, Writable } from 'node:stream';
import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it, vi } from 'vitest';
import { ENGLISH } from '../../../texts/catalogue.ts';
import { KOREAN } from '../../../texts/ko/index.ts';
import { openQuestion } from './open-question.ts';
import {
  canAsk,
  noPrompts,
  PromptBack,
  PromptCancelled,
  PromptImpossible,
  type Prompts,
  type PromptTexts,
  terminalPrompts,
} from './prompts.ts';

const TEXTS: PromptTexts = ENGLISH.prompts;

const TTY = { stdinTty: true, stdoutTty: true, stderrTty: true, noInput: false, env: {} };

describe('canAsk', () => {
  it('wants three terminals', () => {
    expect(canAsk(TTY)).toBe(true);
  });

  it.each([
    ['stdin is no terminal', { stdinTty: false }],
    ['stdout is no terminal', { stdoutTty: false }],
    ['stderr is no terminal', { stderrTty: false }],
    ['--no-input', { noInput: true }],
    ['CI', { env: { CI: 'true' } }],
  ])('never asks when %s', (_what, change) => {
    expect(canAsk({ ...TTY, ...change })).toBe(false);
  });

  it.each(['', 'false', '0'])('takes CI=%j for no CI', (ci) => {
    expect(canAsk({ ...TTY, env: { CI: ci } })).toBe(true);
  });
});

it('noPrompts refuses every question', async () => {
  await expect(noPrompts.input({ message: 'x' })).rejects.toBeInstanceOf(PromptImpossible);
  await expect(noPrompts.confirm('x')).rejects.toBeInstanceOf(PromptImpossible);
});

/** inquirer itself on streams of this test; keys are sent once the question is on the screen. */
const asking = async <T>(
  message: string,
  keys: string,
  question: (prompts: Prompts) => Promise<T>,
  {
    signal = new AbortController().signal,
    texts = TEXTS,
  }: { readonly signal?: AbortSignal; readonly texts?: PromptTexts } = {},
): Promise<{
  readonly answer: Promise<T>;
  readonly screen: () => string;
  readonly type: (keys: string) => void;
}> => {
  const input = new PassThrough();
  const output = new PassThrough();
  let screen = '';
  const shown = new Promise<void>((resolve) => {
    output.on('data', (chunk: Buffer) => {
      screen += chunk.toString('utf8');
      if (screen.includes(message)) resolve();
    });
  });
  const answer = question(terminalPrompts({ input, output, signal }, texts));
  answer.catch(() => undefined);
  await shown;
  for (const key of keys) input.write(key);
  return { answer, screen: () => screen, type: (more) => input.write(more) };
};

describe('terminalPrompts', () => {
  it('asks for a text', async () => {
    const { answer } = await asking('Name', 'Kim\r', (prompts) => prompts.input({ message: 'Name' }));
    expect(await answer).toBe('Kim');
  });

  it('turns Ctrl-C into PromptCancelled', async () => {
    const { answer } = await asking('Name', '\u0003', (prompts) => prompts.input({ message: 'Name' }));
    await expect(answer).rejects.toBeInstanceOf(PromptCancelled);
  });

  it('takes a question back when the signal aborts', async () => {
    const controller = new AbortController();
    const { answer } = await asking('Name', '', (prompts) => prompts.input({ message: 'Name' }), {
      signal: controller.signal,
    });
    controller.abort();
    await expect(answer).rejects.toBeInstanceOf(PromptCancelled);
  });

  it('confirms with No as the default', async () => {
    const { answer } = await asking('Sure', '\r', (prompts) => prompts.confirm('Sure'));
    expect(await answer).toBe(false);
  });

  it.each([
    ['y', true],
    ['yes', true],
    ['n', false],
    ['예', true],
    ['네', true],
    ['ㅇ', true],
    ['ㅛ', true],
    ['아니오', false],
    ['아니요', false],
    ['ㄴ', false],
    ['ㅜ', false],
  ])('takes %s at a confirmation', async (typed, meant) => {
    const { answer, screen } = await asking(
      '취소',
      `${typed}\r`,
      (prompts) => prompts.confirm('취소할까요?'),
      {
        texts: KOREAN.prompts,
      },
    );
    expect(await answer).toBe(meant);
    expect(stripVTControlCharacters(screen())).toMatch(meant ? /예\n/ : /아니요\n/);
  });

  it('asks again for what is neither a yes nor a no', async () => {
    const { answer, screen } = await asking('취소', '글쎄\r', (prompts) => prompts.confirm('취소할까요?'), {
      texts: KOREAN.prompts,
    });
    await vi.waitFor(() => expect(screen()).toContain('예 또는 아니요로 답하세요'));
    expect(screen()).not.toMatch(/must answer/i);
    answer.catch(() => undefined);
  });

  it('has no English word in a Korean list and its search', async () => {
    const choices = [{ value: 1, name: '강남구' }];
    const texts = { texts: KOREAN.prompts };
    const list = await asking('지역', '\r', (prompts) => prompts.select({ message: '지역', choices }), texts);
    await list.answer;
    const found = await asking(
      '지역',
      'ㅋㅋ',
      (prompts) => prompts.search({ message: '지역', choices }),
      texts,
    );
    await vi.waitFor(() => expect(found.screen()).toContain('맞는 항목이 없습니다'));
    for (const { screen } of [list, found]) {
      expect(screen()).toContain('이동');
      expect(stripVTControlCharacters(screen())).not.toMatch(/[A-Za-z]{2}/);
    }
  });

  it('gives back the value of the chosen one, whatever it is', async () => {
    const value = { id: 7 };
    const { answer } = await asking('Which', '\r', (prompts) =>
      prompts.select({ message: 'Which', choices: [{ value, name: 'seven' }] }),
    );
    expect(await answer).toBe(value);
  });

  it('makes the question safe', async () => {
    const { answer, screen } = await asking('Hello', '\r', (prompts) =>
      prompts.confirm('Hello \u001b]0;owned\u0007you'),
    );
    await answer;
    expect(screen()).not.toContain('owned');
  });

  it('has drawn all of it by when it is answered, however slowly the terminal says so', async () => {
    let drawn = '';
    const output = new Writable({ decodeStrings: false });
    const later: (() => void)[] = [];
    output.write = (text: unknown, ...rest: readonly unknown[]): boolean => {
      drawn += String(text);
      for (const done of rest) if (typeof done === 'function') later.push(() => done());
      return true;
    };
    const input = new PassThrough();
    const prompts = terminalPrompts({ input, output }, TEXTS);
    const answer = prompts.confirm('Sure');
    while (!drawn.includes('Sure')) await new Promise((resolve) => setImmediate(resolve));
    input.write('y\r');
    // A terminal that never says so: the next question, or the error, must not stand before the answer.
    expect(await answer).toBe(true);
    expect(stripVTControlCharacters(drawn)).toMatch(/✔ Sure Yes\n/);
  });

  it('takes what stands below the cursor off the screen before Ctrl-Z leaves it to the shell', async () => {
    const input = new PassThrough();
    const keypress = (key: string): void => {
      input.emit('keypress', undefined, { ctrl: true, name: key });
    };
    let screen = '';
    const output = new PassThrough();
    output.on('data', (chunk: Buffer) => {
      screen += chunk.toString('utf8');
    });
    const { close } = openQuestion({ input, output });
    keypress('a');
    expect(screen).toBe('');
    keypress('z');
    expect(screen).toBe('\u001b[J');
    close();
    keypress('z');
    expect(screen).toBe('\u001b[J');
  });
});

describe('a question that may be gone back from', () => {
  const choices = [
    { value: 'a', name: '가나' },
    { value: 'b', name: '다라' },
  ];

  it.each([
    ['an input by its sign', '<\r', (prompts: Prompts) => prompts.input({ message: 'Which', back: true })],
    ['an input by Esc', '\u001b', (prompts: Prompts) => prompts.input({ message: 'Which', back: true })],
    [
      'a list by its sign',
      '<',
      (prompts: Prompts) => prompts.select({ message: 'Which', choices, back: true }),
    ],
    [
      'a search by Esc',
      '\u001b',
      (prompts: Prompts) => prompts.search({ message: 'Which', choices, back: true }),
    ],
  ])('%s', async (_how, keys, question) => {
    const { answer } = await asking<string>('Which', keys, question);
    await expect(answer).rejects.toBeInstanceOf(PromptBack);
  });

  it('says the key; another question takes the sign for its answer', async () => {
    const { answer, screen } = await asking('Which', '\r', (prompts) =>
      prompts.select({ message: 'Which', choices, back: true }),
    );
    expect(await answer).toBe('a');
    expect(stripVTControlCharacters(screen())).toContain('Esc back');
    const other = await asking('Which', '<\r', (prompts) => prompts.input({ message: 'Which' }));
    expect(await other.answer).toBe('<');
  });

  it('a search offers what was typed beside what it finds', async () => {
    const { answer, screen, type } = await asking<string>('Which', '5678', (prompts) =>
      prompts.search({
        message: 'Which',
        choices,
        typed: (term) => (term === '' ? null : { value: `find ${term}`, name: `find ${term}` }),
      }),
    );
    await vi.waitFor(() => expect(screen()).toContain('find 5678'));
    type('\r');
    expect(await answer).toBe('find 5678');
  });
});
