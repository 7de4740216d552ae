import { shellWord } from '../../../core/values/shell-word.ts';
import type { CommandSpec } from './descriptor.ts';
import { flagName, flagsOf } from './flag-names.ts';
import type { RawInput } from './input.ts';

/** The call that does the same without any question. */
export const commandLine = (program: string, spec: CommandSpec, raw: RawInput): string => {
  const specs = flagsOf(spec);
  const flags = Object.entries(raw.flags).flatMap(([key, texts]) => {
    const flag = specs[key];
    if (flag === undefined || key === 'resume') return [];
    if (flag.type === 'boolean') return texts.at(-1) === 'true' ? [flagName(key)] : [];
    if (flag.bare !== undefined) return texts.map((text) => `${flagName(key)}=${shellWord(text)}`);
    return texts.flatMap((text) => [flagName(key), shellWord(text)]);
  });
  const args = Object.keys(spec.args ?? {}).flatMap((key) => (raw.args[key] ?? []).map(shellWord));
  return [program, spec.path, ...args, ...flags].join(' ');
};
