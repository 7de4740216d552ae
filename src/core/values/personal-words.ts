import { isPlace } from './mask.ts';
import { narrow } from './narrow.ts';
import { phoneDigits } from './phone.ts';

/** What is known of one customer, to be looked for in texts about their order. */
export type PersonalWords = {
  readonly name?: string | undefined;
  readonly phone?: string | undefined;
  readonly address?: string | undefined;
};

/** What stands in place of what is hidden. */
export const HIDDEN = '***';

/** Begins as a number that is dialled does, and goes on as long as digits and what people write between them. */
const LIKE_A_PHONE =
  /(?<!\p{Nd})(?:[+\uff0b]|[0\uff10]|[8\uff18][2\uff12]|[1\uff11][0568\uff10\uff15\uff16\uff18])[\p{Nd}\p{Pd}\s().\u00b7_]*/gu;
/** The shortest that is dialled: 1588-1234. */
const FEWEST_DIGITS = 8;
const DIGITS = /\p{Nd}[\p{Nd}\p{Pd}\s().\u00b7_]*/gu;
/** The last digits of a number tell whose it is, however its beginning is written. */
export const TELLING_DIGITS = 7;

const digitsOf = (text: string): string => phoneDigits(narrow(text));

/** The digits of a run are hidden; the space behind them belongs to the text. */
const hideRun = (run: string): string => `${HIDDEN}${run.slice(run.trimEnd().length)}`;

const withoutPhones = (text: string, phone: string | undefined): string => {
  const bare = text.replace(LIKE_A_PHONE, (run) =>
    digitsOf(run).length >= FEWEST_DIGITS ? hideRun(run) : run,
  );
  const telling = digitsOf(phone ?? '').slice(-TELLING_DIGITS);
  if (telling.length < TELLING_DIGITS) return bare;
  return bare.replace(DIGITS, (run) => (digitsOf(run).includes(telling) ? hideRun(run) : run));
};

const escaped = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');

/** A name however it is spaced; one letter alone is in too many words. */
const namePattern = (name: string): RegExp | null => {
  const letters = Array.from(name.normalize('NFC').replace(/[\s,.\u00b7]+/gu, ''));
  return letters.length < 2 ? null : new RegExp(letters.map(escaped).join('[\\s,.\\u00b7]?'), 'giu');
};

/** Shorter ones are the numbers of streets, which stand in many texts. */
const FEWEST_LETTERS = 3;

/** What tells an address from others of its district: streets, houses, flats. */
const tellingWords = (address: string): readonly string[] => [
  ...new Set(
    address
      .normalize('NFC')
      .split(/[\s,()]+/u)
      .filter((word) => word.length >= FEWEST_LETTERS && !isPlace(word)),
  ),
];

/**
 * A text without personal data: no digits like those of a phone number, and of the customer that it is about neither the
 * name nor the phone nor what is special about the address.
 */
export const withoutPersonal = (text: string, { name, phone, address }: PersonalWords = {}): string => {
  let bare = withoutPhones(text.normalize('NFC'), phone);
  const named = namePattern(name ?? '');
  if (named !== null) bare = bare.replace(named, HIDDEN);
  for (const word of tellingWords(address ?? '')) bare = bare.replaceAll(word, HIDDEN);
  return bare;
};

/** Whether a text holds any of that. */
export const isPersonal = (text: string, known: PersonalWords = {}): boolean =>
  withoutPersonal(text, known) !== text.normalize('NFC');
