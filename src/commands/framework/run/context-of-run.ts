import type { Services } from '../../../adapters/compose.ts';
import { Refusal } from '../../../core/rules/refusal.ts';
import type { Paint } from '../../../faces/cli/terminal/colour.ts';
import type { Output } from '../../../faces/cli/terminal/output.ts';
import type { Prompts } from '../../../faces/cli/terminal/prompts.ts';
import { safeLine } from '../../../faces/cli/terminal/safe-text.ts';
import type { Terminal } from '../../../faces/cli/terminal/terminal.ts';
import { simpleCut } from '../../../faces/cli/terminal/width-simple.ts';
import type { Texts } from '../../../texts/catalogue.ts';
import type { GlobalFlags } from '../parse/global-flags.ts';
import { settingFlags } from '../parse/globals.ts';
import type { View } from '../print/view.ts';
import type { CommandContext } from './context.ts';
import type { Session } from './session.ts';

type Parts = {
  readonly session: Session;
  readonly output: Output;
  readonly services: Services | null;
  readonly terminal: Terminal;
  readonly t: Texts;
  readonly view: View;
  readonly prompts: Prompts;
  readonly globals: GlobalFlags;
  readonly signal: AbortSignal;
  readonly now: () => number;
  /** Of stderr. */
  readonly paint: Paint;
  readonly onAcknowledged: () => void;
  readonly onKept: () => void;
};

/** The context of one command. */
export const createContext = (parts: Parts): CommandContext => {
  const { session, output, terminal, t, globals, paint } = parts;
  const say = async (word: string, text: string, loud: boolean): Promise<void> => {
    if (globals.quiet && !loud) return;
    await output.say(`${paint(loud ? 'warn' : 'dim', `${word}:`)} ${safeLine(text)}\n`);
  };
  const request = { flags: settingFlags(globals), env: session.env, purpose: globals.purpose };
  return {
    get services() {
      if (parts.services === null) throw new Error('this command was declared to need no services');
      return parts.services;
    },
    terminal,
    t,
    view: parts.view,
    prompts: parts.prompts,
    signal: parts.signal,
    onAsked: (listener) => session.onAsked?.(listener) ?? (() => undefined),
    now: parts.now,
    globals,
    format: globals.format,
    streaming: ['csv', 'ndjson', 'id', 'cloudevents'].includes(globals.format),
    program: session.program,
    version: session.version,
    tree: session.tree,
    configuration: {
      keys: session.configuration.keys,
      inspect: () => session.configuration.inspect(request),
      problems: () => session.configuration.problems(request),
      set: (key, value) => session.configuration.set(request, key, value),
    },
    env: session.env,
    stdin: () => {
      if (session.stdin.isTTY) {
        throw new Refusal('USAGE', {
          fault: { code: 'NO_PIPE' },
          example: null,
        });
      }
      return session.stdin.read();
    },
    acknowledge: async ({ id, text }) => {
      if (globals.format === 'table') await output.data(`${safeLine(text)}\n`);
      else if (globals.format === 'id') await output.data(`${safeLine(id)}\n`);
      else await output.say(`${safeLine(text)}\n`);
      parts.onAcknowledged();
      parts.onKept();
    },
    kept: parts.onKept,
    note: (text) => say(t.common.note, text, false),
    warn: (text) => say(t.common.warning, text, true),
    preview: async (blocks) => {
      const { render } = await import('../../../faces/cli/terminal/render.ts');
      await output.say(await render(blocks, { width: terminal.width, paint, ascii: terminal.ascii }));
    },
    progress: async (line) => {
      if (globals.quiet) return;
      const isLine = terminal.stderrTty && !terminal.plain;
      if (line === null) return isLine ? output.say('\r\u001b[K') : undefined;
      const text = safeLine(line);
      await output.say(isLine ? `\r\u001b[K${simpleCut(text, terminal.width - 1)}` : `${text}\n`);
    },
  };
};
