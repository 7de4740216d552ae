import type { Services } from '../../../adapters/compose.ts';
import { admit } from '../../../core/app/admit.ts';
import { isRefusal, Refusal } from '../../../core/rules/refusal.ts';
import { isUseCase } from '../../../core/rules/who-may.ts';
import { colourLevel, painter } from '../../../faces/cli/terminal/colour.ts';
import type { Output } from '../../../faces/cli/terminal/output.ts';
import { canAsk, noPrompts } from '../../../faces/cli/terminal/prompts.ts';
import { safeLine } from '../../../faces/cli/terminal/safe-text.ts';
import { isAsciiLocale, isPlain, type Terminal, widthOf } from '../../../faces/cli/terminal/terminal.ts';
import { inWords } from '../../../texts/coded.ts';
import type { Lang } from '../../../texts/lang.ts';
import { loadTexts } from '../../../texts/texts.ts';
import { gatherInput } from '../ask/gather-input.ts';
import { withTechnicians } from '../ask/with-technicians.ts';
import type { Gathered } from '../ask/wizard.ts';
import type { CommandSpec, InputOf } from '../parse/descriptor.ts';
import { FORMATS, type GlobalFlags } from '../parse/global-flags.ts';
import { checkGlobals, settingFlags } from '../parse/globals.ts';
import type { CheckedInput } from '../parse/input.ts';
import { parseArgv } from '../parse/parse.ts';
import { failureInZone } from '../print/local-times.ts';
import { oneLine } from '../print/one-line.ts';
import { print } from '../print/print.ts';
import { type CommandResult, list } from '../print/result.ts';
import { createView } from '../print/view.ts';
import type { AnyHandler, Command, CommandContext } from './context.ts';
import { createContext } from './context-of-run.ts';
import { failureAfterKeeping, failureOf } from './failure.ts';
import { readersLang } from './readers-lang.ts';
import type { Session } from './session.ts';

export type Execution = {
  readonly session: Session;
  readonly output: Output;
  /** Aborts when stdout has lost its reader. */
  readonly pipe: AbortSignal;
  /** Hears of them as soon as they are known, so that a failure is reported in that language and in the operator's zone. */
  readonly onLang: (lang: Lang) => void;
  readonly onZone: (tz: string) => void;
};

/** The zone when no configuration is read. */
export const DEFAULT_TZ = 'Asia/Seoul';

/** Parses, builds what the command needs, runs it and prints its result. Returns the exit code; throws failures. */
export const execute = async (
  command: Command,
  argv: readonly string[],
  execution: Execution,
): Promise<number> => {
  const { spec } = command;
  const { session } = execution;
  const english = await loadTexts('en');
  const parsed = parseArgv(spec, argv);
  const globals = checkGlobals(parsed.globals, english.expected);
  mustOfferFormat(spec, globals);
  // Until the settings are read the reader's language is unknown.
  let words = english;
  const services =
    spec.needs === 'nothing'
      ? null
      : await session.openServices({
          flags: settingFlags(globals),
          env: session.env,
          purpose: globals.purpose,
          warn: (warning) => {
            const told = safeLine(inWords(words.warnings, warning));
            void execution.output.say(`${words.common.warning}: ${told}\n`);
          },
        });
  let endAnswer = (): void => {};
  let hangs = false;
  try {
    const prepared = await prepare(spec, { globals, services, execution });
    const { ctx } = prepared;
    words = ctx.t;
    endAnswer = answerSignal(ctx, execution);
    if (services !== null) await mustBeFor(spec, services);
    const learn = async () => (await command.load()).learn;
    const gathered = await gatherInput(spec, parsed.raw, { ctx, drafts: session.drafts, learn });
    if (gathered === null) return await finish(spec, nothingAsked(spec, ctx), prepared, execution);
    const { run } = await command.load();
    const { input, draft, result } = await runAsked(run, spec, { gathered, prepared });
    await (input.change.dryRun ? draft?.keep() : draft?.drop());
    return await finish(spec, result, prepared, execution).catch((error: unknown) => {
      throw prepared.kept() ? failureAfterKeeping(error, ctx.t) : error;
    });
  } catch (error) {
    hangs = isRefusal(error, 'WORKER_HANGS');
    throw error;
  } finally {
    endAnswer();
    // What hangs would hang here too: it is left to the end of the process, which waits for nothing then.
    if (hangs) session.endSoon?.();
    else await services?.close();
  }
};

type Ran = {
  readonly input: CheckedInput;
  readonly draft: Gathered['draft'];
  readonly result: CommandResult;
};

/** Runs the handler. A refusal of what a person submitted leads back to the review, with its reason. */
const runAsked = async (
  run: AnyHandler,
  spec: CommandSpec,
  { gathered, prepared }: { readonly gathered: Gathered; readonly prepared: Prepared },
): Promise<Ran> => {
  const { ctx } = prepared;
  let { input: checked, draft, again } = gathered;
  for (;;) {
    try {
      const input = await withTechnicians(spec, checked, ctx);
      // checkInput has given every value the type that its descriptor says.
      return { input, draft, result: await run(ctx, input as InputOf<CommandSpec>) };
    } catch (error) {
      // What was typed is not lost because it was refused; what is kept must not be submitted again.
      if (prepared.kept()) throw failureAfterKeeping(error, ctx.t);
      if (again === undefined || !isMendable(error)) {
        await draft?.keep();
        throw error;
      }
      const { wordings } = failureInZone(failureOf(error, ctx.t, ctx.now()), ctx.view.tz);
      ({ input: checked, draft, again } = await again(oneLine(wordings)));
    }
  }
};

/** Another answer may help: not against a role, a peer that is down, or a database that does not open. */
const isMendable = (error: unknown): boolean =>
  error instanceof Refusal && ['rule', 'usage', 'conflict', 'not-found'].includes(error.kind);

const mustOfferFormat = ({ output }: CommandSpec, { format }: GlobalFlags): void => {
  if (format !== 'cloudevents' || output.cloudEvents === true) return;
  const choices = FORMATS.filter((one) => one !== format);
  throw new Refusal('BAD_VALUE', {
    flag: '--output',
    value: format,
    expected: { code: 'ONE_OF', choices },
  });
};

/** Before anything is asked for: whoever may not run the command is refused, which is written down. */
const mustBeFor = ({ path }: CommandSpec, services: Services): Promise<void> =>
  admit(services, services.store, {
    access: services.settings.access,
    command: isUseCase(path) ? path : null,
    onlyTells: path === 'whoami',
  });

/** Tells on a terminal that the first Ctrl-C was heard, in place of a progress line. Returns how to end that. */
const answerSignal = (
  { terminal, t, progress }: CommandContext,
  { session: { signal }, output }: Execution,
): (() => void) => {
  if (!terminal.stderrTty) return () => {};
  const answer = (): void => {
    void progress(null);
    void output.say(`${t.common.stopping}\n`);
  };
  signal.addEventListener('abort', answer, { once: true });
  return () => signal.removeEventListener('abort', answer);
};

/** What a command answers that is to do something to no order. */
const nothingAsked = ({ output }: CommandSpec, { t }: CommandContext): CommandResult =>
  list<never>({
    schema: output.many ?? output.schema ?? '',
    items: [],
    id: () => '',
    columns: [],
    empty: t.common.noIds,
  });

type Prepared = {
  readonly ctx: CommandContext;
  readonly paint: {
    readonly out: Awaited<ReturnType<typeof painter>>;
    readonly err: Awaited<ReturnType<typeof painter>>;
  };
  readonly acknowledged: () => boolean;
  /** Whether something was committed that a failure does not take back. */
  readonly kept: () => boolean;
};

const prepare = async (
  spec: CommandSpec,
  parts: { readonly globals: GlobalFlags; readonly services: Services | null; readonly execution: Execution },
): Promise<Prepared> => {
  const { globals, services, execution } = parts;
  const { session, output } = execution;
  const lang = await readersLang(session, globals, services?.settings);
  execution.onLang(lang);
  const t = await loadTexts(lang);
  const terminal = terminalOf(session, { globals, lang, accessible: services?.settings.accessible });
  const now = services?.clock.now ?? session.now;
  const tz = services?.settings.tz ?? globals.tz ?? DEFAULT_TZ;
  execution.onZone(tz);
  const asks = canAsk({ ...terminal, noInput: globals.noInput, env: session.env });
  const view = createView({
    t,
    lang,
    tz,
    clock: now,
    tty: terminal.stdoutTty,
    width: terminal.width,
    program: session.program,
    plain: terminal.plain,
    ascii: terminal.ascii,
  });
  const paint = { out: await painter(terminal.stdoutColour), err: await painter(terminal.stderrColour) };
  let acknowledged = false;
  let kept = false;
  const ctx = createContext({
    session,
    output,
    services,
    terminal,
    t,
    view,
    prompts: asks ? session.openPrompts(t, { plain: terminal.plain }) : noPrompts,
    globals,
    signal: spec.change ? session.signal : AbortSignal.any([session.signal, execution.pipe]),
    now,
    paint: paint.err,
    onAcknowledged: () => {
      acknowledged = true;
    },
    onKept: () => {
      kept = true;
    },
  });
  return { ctx, paint, acknowledged: () => acknowledged, kept: () => kept };
};

const terminalOf = (
  session: Session,
  {
    globals,
    lang,
    accessible,
  }: { readonly globals: GlobalFlags; readonly lang: Lang; readonly accessible?: boolean | undefined },
): Terminal => {
  const plain = isPlain(session.env, accessible);
  return {
    stdinTty: session.stdin.isTTY,
    stdoutTty: session.stdout.isTTY,
    stderrTty: session.stderr.isTTY,
    width: widthOf(session.stdout, session.env),
    stdoutColour: colourLevel(globals.color, session.env, session.stdout),
    stderrColour: colourLevel(globals.color, session.env, session.stderr),
    lang,
    plain,
    ascii: session.stdout.isTTY && (plain || isAsciiLocale(session.env)),
  };
};

const finish = async (
  spec: CommandSpec,
  result: CommandResult,
  { ctx, paint, acknowledged }: Prepared,
  { output }: Execution,
): Promise<number> => {
  const { format, globals, t, view, terminal } = ctx;
  const cut = await print(result, {
    output,
    format,
    fields: globals.fields,
    spec: spec.output,
    view,
    paint: paint.out,
    idPrinted: acknowledged(),
  });
  if (cut !== null) await ctx.note(t.common.more(cut));
  for (const note of result.notes ?? []) await ctx.note(note);
  if (terminal.stderrTty && !globals.quiet) {
    for (const { command, why } of result.hints ?? []) {
      const line = `${t.common.next}: ${ctx.program} ${command}${why === undefined ? '' : `  (${why})`}`;
      await output.say(`${paint.err('dim', safeLine(line))}\n`);
    }
  }
  const atEnd = 'exitAtEnd' in result ? result.exitAtEnd?.() : undefined;
  return atEnd ?? result.exit ?? 0;
};
