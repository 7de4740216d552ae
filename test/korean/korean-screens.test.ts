import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createView } from '../../src/commands/framework/print/view.ts';
import { TOPICS } from '../../src/commands/help-topics/topics.ts';
import { eventLine } from '../../src/commands/order/event-line.ts';
import { TREE } from '../../src/commands/tree.ts';
import { CAUSES, type CauseCode } from '../../src/core/codes/cause.ts';
import type { EventType } from '../../src/core/process/events.ts';
import { runCli } from '../../src/testing/cli/run-cli.ts';
import { KOREAN } from '../../src/texts/ko/index.ts';
import { envelopes, happened, SAMPLE } from '../arbitraries/envelopes.ts';
import { latinWords } from './latin.ts';
import { REFUSAL_SAMPLES } from './refusal-samples.ts';

const ROOT = join(import.meta.dirname, '../..');
const { codeOf }: { codeOf: (text: string) => { readonly masked: string } } = await import(
  join(ROOT, 'scripts/source-code.mjs')
);
const TOPIC_NAMES: readonly string[] = TOPICS;
const PATHS = TREE.commands.map(({ spec }) => spec.path);

/** Both forms of a particle, or a blank before one: no person writes so. */
const UNRESOLVED = /[은을이와]\([는를가과]\)|\(으\)로|\(이\)[나라]/;

/** Commands and what they are called by stand in quotes; all else is read. */
const withoutCommands = (text: string): string =>
  text.replace(/"([^"]*)"/g, (quoted, words: string) => (PATHS.includes(words) ? ' ' : quoted));

const expectKorean = (text: string): void => {
  expect(latinWords(withoutCommands(text)), text).toEqual([]);
  expect(text).not.toMatch(UNRESOLVED);
};

describe('what stands for a Latin word', () => {
  test.each([
    ['청약 ORD-000042를 취소하려면 --code NO_ACCESS', []],
    ['확인: $oss order show ORD-000001 --history', []],
    ['"oss db verify"로 확인하세요', []],
    ['ne.url과 https://ne.example, /data/oss.db', []],
    ['실행 중인 worker가 없습니다', ['worker']],
    ['청약 종료: cancelled', ['cancelled']],
    ['보류 (retry), Waiting for 고객', ['retry', 'Waiting', 'for']],
  ])('%s', (text, words) => {
    expect(latinWords(text)).toEqual(words);
  });
});

describe('the texts as they are written', () => {
  const folder = join(ROOT, 'src/texts/ko');
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
    (name) => name.endsWith('.ts') && !name.endsWith('.test.ts') && name !== 'particles.ts',
  );

  test.each(files)('%s', (name) => {
    const source = readFileSync(join(folder, name), 'utf8')
      .replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '')
      .replace(/\$\{program\}/g, 'oss');
    const { masked } = codeOf(source);
    const literals = Array.from(source, (letter, i) => (masked[i] === ' ' ? letter : '\0'))
      .join('')
      .split('\0');
    const korean = literals.filter((text) => /[가-힣]/.test(text));
    const values = Array.from(source.matchAll(/^\s*[\w'-]+: '([A-Za-z][^']*)',$/gm), ([, text = '']) => text);
    const found = [...korean, ...values].flatMap((text) =>
      latinWords(withoutCommands(text.replaceAll('\\n', ' '))),
    );
    expect(found).toEqual([]);
  });
});

test.each(Object.keys(REFUSAL_SAMPLES) as (keyof typeof REFUSAL_SAMPLES)[])('the refusal %s', (code) => {
  // Each text takes the values of its own code.
  const wording = KOREAN.refusals[code](REFUSAL_SAMPLES[code] as never);
  for (const text of Object.values(wording)) expectKorean(text);
  expect(wording.what).toMatch(/[가-힣]/);
});

test.each(Object.keys(CAUSES) as CauseCode[])('the cause %s', (code) => {
  const values = {
    text: '값',
    number: 4711,
    cause: { code: 'BODY_EMPTY' },
    'cause?': { code: 'BODY_EMPTY' },
  };
  const kinds = Object.entries(CAUSES[code]).map(([name, kind]) => [
    name,
    values[kind as keyof typeof values],
  ]);
  expectKorean(KOREAN.causes[code](Object.fromEntries(kinds) as never));
});

test.each(Object.keys(SAMPLE) as EventType[])('the story of %s', (type) => {
  const view = createView({
    t: KOREAN,
    lang: 'ko',
    tz: 'Asia/Seoul',
    tty: true,
    width: 80,
    program: 'oss',
    clock: () => Date.parse('2026-11-24T09:00:00+09:00'),
  });
  for (const event of envelopes([happened(0, type)])) {
    const line = eventLine(event, view, { named: true });
    expectKorean(typeof line === 'string' ? line : line.text);
  }
});

const help = async (...words: readonly string[]): Promise<string> => {
  const { stdout, stderr, exitCode } = await runCli(['help', ...words, '--lang', 'ko']);
  expect([exitCode, stderr]).toEqual([0, '']);
  return stdout;
};

/** Without what is typed as it stands: the left column, choices, the examples. */
const told = (page: string): string =>
  page
    .replace(/\n {10,}|(?<=\S)\n(?=\S)/g, ' ')
    .replace(/다음 중 하나: [^;)]*/g, '')
    .split('\n')
    .filter((line) => !/^ {2}oss |^다른 이름: /.test(line))
    .map((line) => line.replace(/^ {2}[^가-힣 ][^가-힣]*? {2,}/, '').replace(/^사용법: [^가-힣]*/, ''))
    .join('\n');

test('the help of the program and of every noun', async () => {
  expectKorean(told(await help()));
  for (const { name } of TREE.nouns) {
    // A topic of the same name is shown before.
    if (!TOPIC_NAMES.includes(name)) expectKorean(told(await help(name)));
  }
});

test.each(PATHS)('the help of %s', async (path) => {
  expectKorean(told(await help(...path.split(' '))));
});

test.each(TOPICS)('the topic %s', async (topic) => {
  const rows = await runCli(['help', topic, '--lang', 'ko', '--json']);
  for (const { group, meaning } of (rows.json() as { items: { group: string; meaning: string }[] }).items) {
    if (topic === 'output' && group === '스키마') continue;
    if (topic === 'batch' && group === '작업') continue;
    expectKorean(meaning);
  }
});

/** Screens that other tests hold as they are: their Korean halves. */
const GOLDEN = readdirSync(join(ROOT, 'src/commands'), { recursive: true, encoding: 'utf8' }).filter((name) =>
  name.endsWith('.golden.txt'),
);

/** Why a row of a batch failed is kept as its run told it, in the language of that run. */
const TOLD_BY_A_RUN = /^오류 {2}the key [\s\S]*?\(KEY_CONFLICT\)$/gm;

const koreanHalves = (text: string): readonly string[] =>
  text
    .split(/^(?=\$ )/m)
    .filter((shot) => /^\$ .*(?:--lang ko|, ko,)/.test(shot))
    .map((shot) => shot.replace(TOLD_BY_A_RUN, ''));

test.each(GOLDEN)('the screens of %s', (name) => {
  const shots = koreanHalves(readFileSync(join(ROOT, 'src/commands', name), 'utf8'));
  expect(shots.length).toBeGreaterThan(0);
  for (const shot of shots) {
    const lines = shot.split('\n').slice(1);
    // A template names its columns first.
    for (const line of lines.filter((text) => !text.startsWith('---'))) {
      expectKorean(line.replace(/^(?:# |[ -] )[\w-]+: /, ''));
    }
  }
});
