import type { ColourLevel, ColourMode } from './terminal.ts';

/**
 * How much colour a stream gets, decided once: chalk 5 looks at neither NO_COLOR nor the stream it is written to.
 * `--color` wins, then NO_COLOR (not empty), FORCE_COLOR, TERM=dumb, and whether the stream is a terminal.
 */
export const colourLevel = (
  mode: ColourMode,
  env: NodeJS.ProcessEnv,
  stream: { readonly isTTY: boolean },
): ColourLevel => {
  if (mode === 'never') return 0;
  if (mode === 'always') return richest(env);
  if ((env.NO_COLOR ?? '') !== '') return 0;
  const force = env.FORCE_COLOR;
  if (force !== undefined) return forced(force, env);
  if (env.TERM === 'dumb' || !stream.isTTY) return 0;
  return richest(env);
};

const forced = (value: string, env: NodeJS.ProcessEnv): ColourLevel => {
  if (value === '0' || value === 'false') return 0;
  if (value === '1') return 1;
  if (value === '2') return 2;
  if (value === '3') return 3;
  return richest(env);
};

const richest = (env: NodeJS.ProcessEnv): ColourLevel => {
  if (/^(truecolor|24bit)$/i.test(env.COLORTERM ?? '')) return 3;
  return /-256(color)?$/i.test(env.TERM ?? '') ? 2 : 1;
};

/** What a colour says; the word beside it says the same. */
export type Tone = 'plain' | 'strong' | 'dim' | 'good' | 'warn' | 'bad' | 'title';

export type Paint = (tone: Tone, text: string) => string;

export const noPaint: Paint = (_tone, text) => text;

/** Loads chalk only when there is colour. */
export const painter = async (level: ColourLevel): Promise<Paint> => {
  if (level === 0) return noPaint;
  const { Chalk } = await import('chalk');
  const chalk = new Chalk({ level });
  return (tone, text) => {
    switch (tone) {
      case 'plain':
        return text;
      case 'strong':
        return chalk.bold(text);
      case 'dim':
        return chalk.dim(text);
      case 'good':
        return chalk.green(text);
      case 'warn':
        return chalk.yellow(text);
      case 'bad':
        return chalk.red(text);
      case 'title':
        return chalk.bold.underline(text);
    }
  };
};
