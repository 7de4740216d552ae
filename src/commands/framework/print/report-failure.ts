import { jsonText } from '../../../core/values/json-text.ts';
import type { Paint } from '../../../faces/cli/terminal/colour.ts';
import type { Output } from '../../../faces/cli/terminal/output.ts';
import { safeLine, safeText } from '../../../faces/cli/terminal/safe-text.ts';
import type { Texts } from '../../../texts/catalogue.ts';
import { EXIT } from '../run/exit-codes.ts';
import type { Failure } from '../run/failure.ts';
import { oneLine } from './one-line.ts';

type Reporting = {
  readonly output: Output;
  readonly json: boolean;
  readonly debug: boolean;
  readonly program: string;
  readonly t: Texts;
  readonly paint: Paint;
};

/** `error: … / why: … / next: …` on stderr, or one JSON object there. */
export const reportFailure = async (failure: Failure, reporting: Reporting): Promise<void> => {
  const { output, json, debug } = reporting;
  const named = (text: string): string => text.replaceAll('$oss', reporting.program);
  await output.say(json ? `${jsonText(errorJson(failure, named))}\n` : humanText(failure, named, reporting));
  if (debug && failure.stack !== null) await output.say(`${safeText(failure.stack)}\n`);
};

type Named = (text: string) => string;

/** `oss.error/1`. */
const errorJson = (failure: Failure, named: Named): object => {
  const join = (part: 'what' | 'why' | 'next'): string =>
    failure.wordings
      .flatMap((wording) => wording[part] ?? [])
      .map(named)
      .join('; ');
  const message = named(oneLine(failure.wordings));
  return {
    error: {
      code: failure.code,
      message: safeLine(message),
      hint: join('next') === '' ? null : safeLine(join('next')),
      exitCode: failure.exit,
      retryable: failure.exit === EXIT.tryLater,
      retryAfterMs: failure.retryAfterMs,
      ...(failure.details.length === 0 ? {} : { details: failure.details }),
    },
  };
};

const humanText = (failure: Failure, named: Named, { t, paint }: Reporting): string => {
  const line = (word: string, text: string | undefined, bad: boolean): readonly string[] =>
    text === undefined ? [] : [`${paint(bad ? 'bad' : 'dim', `${word}:`)} ${safeLine(named(text))}`];
  const lines = failure.wordings.flatMap(({ what, why, next }) => [
    ...line(t.common.error, what, true),
    ...line(t.common.why, why, false),
    ...line(t.common.next, next, false),
  ]);
  const retry =
    failure.retryAfterMs === null ? [] : line(t.common.next, t.common.retryIn(failure.retryAfterMs), false);
  return `${[...lines, ...retry].join('\n')}\n`;
};
