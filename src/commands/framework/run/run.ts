import { Refusal } from '../../../core/rules/refusal.ts';
import { assertNever } from '../../../core/values/assert-never.ts';
import { colourLevel, painter } from '../../../faces/cli/terminal/colour.ts';
import { createOutput, type Output } from '../../../faces/cli/terminal/output.ts';
import { canAsk } from '../../../faces/cli/terminal/prompts.ts';
import { langOf, widthOf } from '../../../faces/cli/terminal/terminal.ts';
import { loadHelpWords } from '../../../texts/help-words.ts';
import type { Lang } from '../../../texts/lang.ts';
import { loadTexts } from '../../../texts/texts.ts';
import type { CommandSpec } from '../parse/descriptor.ts';
import type { GlobalFlags } from '../parse/global-flags.ts';
import { checkGlobals, guessGlobals } from '../parse/globals.ts';
import { isGlobal, type Located, locate } from '../parse/locate.ts';
import { parseArgv } from '../parse/parse.ts';
import { refuseOtherBytes } from '../parse/utf8.ts';
import type { HelpFacts } from '../print/help.ts';
import { failureInZone } from '../print/local-times.ts';
import { reportFailure } from '../print/report-failure.ts';
import { DEFAULT_TZ, type Execution, execute } from './execute.ts';
import { EXIT } from './exit-codes.ts';
import { type Failure, failureOf, Interrupted } from './failure.ts';
import { readersLang } from './readers-lang.ts';
import type { Session } from './session.ts';

/**
 * One call of the program: finds the command, runs it, prints its result or its failure. Returns the exit code and never
 * throws.
 */
export const run = async (session: Session): Promise<number> => {
  const pipe = new AbortController();
  const output = createOutput(session.stdout, session.stderr, { onClosed: () => pipe.abort() });
  const globals = guessGlobals(session.argv);
  let lang: Lang = globals.lang ?? langOf(session.env);
  let tz = DEFAULT_TZ;
  let path = '';
  const execution: Execution = {
    session,
    output,
    pipe: pipe.signal,
    onLang: (known) => {
      lang = known;
    },
    onZone: (known) => {
      tz = known;
    },
  };
  try {
    refuseOtherBytes(session.argv, session.env);
    const located = locate(session.argv, session.tree);
    if (located.kind === 'command') path = located.command.spec.path;
    const exit = await runLocated(located, execution);
    const { reason } = session.signal;
    return reason instanceof Interrupted ? reason.exit : exit;
  } catch (thrown) {
    // A read whose reader has gone has nothing more to say.
    if (pipe.signal.aborted) return EXIT.done;
    const error = session.signal.aborted && !(thrown instanceof Refusal) ? session.signal.reason : thrown;
    return fail(error, { session, output, globals, lang, tz, path });
  }
};

type Failing = {
  readonly session: Session;
  readonly output: Output;
  readonly globals: GlobalFlags;
  readonly lang: Lang;
  readonly tz: string;
  /** Of the command that failed; '' when none was found. */
  readonly path: string;
};

const fail = async (
  error: unknown,
  { session, output, globals, lang, tz, path }: Failing,
): Promise<number> => {
  const t = await loadTexts(lang);
  const failure = withHelp(failureInZone(failureOf(error, t, session.now()), tz), path);
  await reportFailure(failure, {
    output,
    json: ['json', 'ndjson', 'cloudevents'].includes(globals.format),
    debug: globals.debug,
    program: session.program,
    t,
    paint: await painter(colourLevel(globals.color, session.env, session.stderr)),
  });
  return failure.exit;
};

/** A wrong flag or value that says nothing about what to do next is answered by the help of its command. */
const withHelp = (failure: Failure, path: string): Failure => {
  const { exit, wordings } = failure;
  const last = wordings.at(-1);
  if (exit !== EXIT.usage || path === '' || last === undefined) return failure;
  if (wordings.some(({ next }) => next !== undefined)) return failure;
  return { ...failure, wordings: [...wordings.slice(0, -1), { ...last, next: `$oss ${path} --help` }] };
};

const runLocated = async (located: Located, execution: Execution): Promise<number> => {
  const { session, output } = execution;
  const asked = located.kind !== 'unknown' && wantsHelp(located.rest);
  switch (located.kind) {
    case 'command': {
      if (!asked) return execute(located.command, located.rest, execution);
      const { commandHelp } = await import('../print/help.ts');
      await output.data(commandHelp(located.command.spec, await helpFacts(session)));
      return EXIT.done;
    }
    case 'noun': {
      refuseFlags(located.rest, asked);
      const { nounHelp } = await import('../print/help.ts');
      const help = nounHelp(session.tree, located.noun, await helpFacts(session));
      await (asked ? output.data(help) : output.say(help));
      return asked ? EXIT.done : EXIT.usage;
    }
    case 'none':
      return runNone(located.rest, asked, execution);
    case 'unknown': {
      throw new Refusal('USAGE', {
        fault: { code: 'NO_COMMAND', words: located.words, meant: located.suggestion },
        example: located.suggestion === null ? 'help' : `${located.suggestion} --help`,
      });
    }
    default:
      return assertNever(located);
  }
};

/** The program alone: the home where a person can answer, else a short help on stderr. */
const runNone = async (rest: readonly string[], asked: boolean, execution: Execution): Promise<number> => {
  const { session, output } = execution;
  if (rest.includes('--version') && !asked)
    return run({ ...session, argv: ['version', ...rest.filter((word) => word !== '--version')] });
  refuseFlags(rest, asked);
  const globals = guessGlobals(rest);
  const terminal = {
    stdinTty: session.stdin.isTTY,
    stdoutTty: session.stdout.isTTY,
    stderrTty: session.stderr.isTTY,
  };
  if (
    !asked &&
    session.home !== undefined &&
    canAsk({ ...terminal, noInput: globals.noInput, env: session.env })
  ) {
    const english = await loadTexts('en');
    const given = checkGlobals(parseArgv(ALONE, rest).globals, english.expected);
    const lang = await readersLang(session, given);
    const { openHome } = await session.home();
    await openHome(session, {
      lang,
      globals: given,
      run: (words) => run({ ...session, argv: [...words, ...rest] }),
    });
    return EXIT.done;
  }
  const { rootHelp } = await import('../print/help.ts');
  const help = rootHelp(session.tree, await helpFacts(session));
  await (asked ? output.data(help) : output.say(help));
  return asked ? EXIT.done : EXIT.usage;
};

/** What the program alone understands: the flags of every command. */
const ALONE: CommandSpec = {
  path: 'help',
  summary: '',
  examples: [],
  output: { kind: 'none' },
  change: false,
};

const wantsHelp = (rest: readonly string[]): boolean => {
  const end = rest.indexOf('--');
  return (end === -1 ? rest : rest.slice(0, end)).some((word) => word === '--help' || word === '-h');
};

const helpFacts = async (session: Session): Promise<HelpFacts> => {
  const lang = await readersLang(session, guessGlobals(session.argv));
  return {
    program: session.program,
    t: await loadTexts(lang),
    words: await loadHelpWords(lang),
    width: widthOf(session.stdout, session.env),
  };
};

/** Without a command only the flags of every command mean anything. */
const refuseFlags = (rest: readonly string[], asked: boolean): void => {
  if (asked) return;
  const unknown = rest.find((word) => /^--?[a-z]/i.test(word) && !isGlobal(word));
  if (unknown !== undefined) {
    throw new Refusal('USAGE', {
      fault: { code: 'UNKNOWN_OPTION', option: unknown, meant: null },
      example: 'help',
    });
  }
};
