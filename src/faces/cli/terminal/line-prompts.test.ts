import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { ENGLISH } from '../../../texts/catalogue.ts';
import { linePrompts } from './line-prompts.ts';
import { PromptBack, PromptCancelled, type Prompts } from './prompts.ts';

/** Every line is typed once the question before it is answered; the end of the input comes last. */
const asked = async <T>(lines: readonly string[], ask: (prompts: Prompts) => Promise<T>) => {
  const input = new PassThrough();
  const output = new PassThrough();
  let screen = '';
  output.on('data', (chunk: Buffer) => {
    screen += chunk.toString('utf8');
    if (/[:?\])] $/.test(screen))
      setImmediate(() => (left.length > 0 ? input.write(`${left.shift()}\n`) : input.end()));
  });
  const left = [...lines];
  const answer = await ask(linePrompts({ input, output }, ENGLISH.prompts)).catch((error: unknown) => error);
  return { answer, screen };
};

const choices = ['가나', '다라', '다마'].map((name) => ({ value: name, name }));
const pick = (lines: readonly string[]) =>
  asked(lines, (prompts) => prompts.select({ message: 'Which?', choices, back: true }));

describe('questions line by line', () => {
  it('number their choices, and take a number or a part of a name', async () => {
    const { answer, screen } = await pick(['2']);
    expect(answer).toBe('다라');
    expect(screen).toBe('Which?\n1. 가나\n2. 다라\n3. 다마\nNumber 1 to 3, or part of a name: ');
    expect((await pick(['가'])).answer).toBe('가나');
    const again = await pick(['9', '다', '3']);
    expect(again.answer).toBe('다마');
    expect(again.screen).toContain('! no match\n');
    expect(again.screen).not.toContain('\u001b');
  });

  it('check an answer as it is typed, and take what stands there for none', async () => {
    const validate = (text: string) => (text === 'x' ? 'not x' : null);
    const { answer, screen } = await asked(['x', ''], (prompts) =>
      prompts.input({ message: 'Name?', initial: 'Kim', validate }),
    );
    expect([answer, screen]).toEqual([
      'Kim',
      'Name? [Kim] ! not x\nName? [Kim] '.replaceAll('[Kim] ', '[Kim] '),
    ]);
  });

  it('go back at <, and are cancelled at the end of the input', async () => {
    expect((await pick(['<'])).answer).toBeInstanceOf(PromptBack);
    expect((await pick([])).answer).toBeInstanceOf(PromptCancelled);
    expect((await asked(['네'], (prompts) => prompts.confirm('Sure?'))).answer).toBe(true);
  });
});
