import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { runCli } from '../testing/cli/run-cli.ts';
import { schemaFile } from '../testing/cli/validate-output.ts';
import { loadHelpWords } from '../texts/help-words.ts';
import type { FlagSpec } from './framework/parse/descriptor.ts';
import { flagName, flagsOf, placeholderOf } from './framework/parse/flag-names.ts';
import { GLOBAL_FLAGS } from './framework/parse/global-flags.ts';
import { locate } from './framework/parse/locate.ts';
import { parseArgv } from './framework/parse/parse.ts';
import { pathsOf, wordsOf } from './framework/run/tree.ts';
import { TREE } from './tree.ts';

const commands = TREE.commands.map((command) => [command.spec.path, command] as const);

describe('the tree', () => {
  it('has every path once', () => {
    const paths = TREE.commands.flatMap(pathsOf);
    expect(paths).toEqual([...new Set(paths)]);
  });

  it('has a summary for every noun, and no noun without verbs', () => {
    const nouns = TREE.commands.map(wordsOf).flatMap((words) => (words.length > 1 ? words.slice(0, 1) : []));
    expect(new Set(TREE.nouns.map((noun) => noun.name))).toEqual(new Set(nouns));
  });

  describe.each(commands)('%s', (path, command) => {
    const { spec } = command;

    it('is found by every name, and says what it does', async () => {
      for (const name of pathsOf(command)) {
        expect(locate(name.split(' '), TREE)).toMatchObject({ kind: 'command', command: { spec: { path } } });
      }
      expect(spec.summary).toMatch(/^[^A-Z\s].*[^.]$/);
    });

    it('is told in Korean whole', async () => {
      const { say, placeholder, details } = await loadHelpWords('ko');
      const flags = { ...spec.args, ...flagsOf(spec) };
      const shown = [
        say(spec.summary),
        ...(spec.details === undefined ? [] : [details(spec.path, spec.details)]),
        ...Object.values<FlagSpec>(flags).flatMap((flag) => [
          say(flag.summary),
          say(flag.ask ?? flag.summary),
        ]),
        ...spec.examples.flatMap(({ says }) => (says === undefined ? [] : [say(says)])),
      ];
      expect(shown.filter((text) => !/[가-힣]/.test(text) && !text.startsWith('bash: '))).toEqual([]);
      const names = Object.entries(flags).flatMap(([key, flag]) =>
        flag.type === 'boolean' || flag.type === 'choice' ? [] : [placeholder(placeholderOf(key, flag))],
      );
      expect(names.filter((name) => /^[A-Za-z-]+$/.test(name) && name !== 'dBm')).toEqual([]);
    });

    it('says as much about itself in Korean', async () => {
      const { details } = await loadHelpWords('ko');
      const english = spec.details ?? '';
      const korean = english === '' ? '' : details(spec.path, english);
      expect(korean.split('\n\n').length).toBe(english.split('\n\n').length);
      const named = (text: string): readonly string[] => [...new Set(text.match(/--[a-z][a-z-]+/g))].sort();
      expect(named(korean)).toEqual(named(english));
    });

    it('has flags that are words, and none that every command has with another meaning', () => {
      for (const key of Object.keys(flagsOf(spec))) expect(key).toMatch(/^[a-z][a-zA-Z0-9]*$/);
      const globals: readonly string[] = Object.keys(GLOBAL_FLAGS);
      const shorts = Object.values<FlagSpec>(GLOBAL_FLAGS).map((flag) => flag.short);
      for (const [key, flag] of Object.entries(flagsOf(spec))) {
        expect(globals).not.toContain(key);
        if (flag.short !== undefined) expect(shorts).not.toContain(flag.short);
      }
    });

    it('repeats only its last argument, and asks for none after one that may be missing', () => {
      const args = Object.values(spec.args ?? {});
      expect(args.slice(0, -1).some((arg) => arg.repeat === true)).toBe(false);
      const firstOptional = args.findIndex((arg) => arg.required !== true);
      expect(firstOptional === -1 || args.slice(firstOptional).every((arg) => arg.required !== true)).toBe(
        true,
      );
    });

    it('has examples that its own parser takes', () => {
      expect(spec.examples.length).toBeGreaterThan(0);
      for (const { line } of spec.examples) {
        const located = locate(words(lastCall(line)), TREE);
        expect(located, line).toMatchObject({ kind: 'command' });
        if (located.kind === 'command')
          expect(() => parseArgv(located.command.spec, located.rest)).not.toThrow();
      }
    });

    it('has a schema file for its output', () => {
      const { schema } = spec.output;
      if (schema !== undefined) expect(existsSync(schemaFile(schema)), schema).toBe(true);
    });

    it('has a handler', async () => {
      expect(typeof (await command.load()).run).toBe('function');
    });

    it('has help that names every flag and fits the terminal', async () => {
      const { stdout, exitCode } = await runCli([...path.split(' '), '--help'], { columns: 80 });
      expect(exitCode).toBe(0);
      for (const [key, flag] of Object.entries(flagsOf(spec))) {
        if (flag.hidden !== true) expect(stdout).toContain(flagName(key));
      }
    });
  });
});

/** An example may be fed by another call and end in a file. */
const lastCall = (line: string): string =>
  (line.split(' | ').at(-1) ?? line).replace(/^oss /, '').replace(/ > \S+$/, '');

/** Splits an example as a shell does, quotes included. */
const words = (line: string): readonly string[] =>
  Array.from(
    line.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g),
    ([, double, single, bare]) => double ?? single ?? bare ?? '',
  );
