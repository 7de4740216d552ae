import { HIDDEN, TELLING_DIGITS, withoutPersonal } from '../../core/values/personal-words.ts';

const MAX_LENGTH = 200;
/** Bounds the work; far more than what is kept. */
const MAX_READ = 4_000;

/** C0, DEL, C1, line and paragraph separators, zero-width and bidirectional controls. */
const CONTROLS = /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]+/g;

const digitsOf = (text: string): string => text.replace(/[\s().+-]/g, '');
/** A phone number is recognised by its last digits, however the peer groups them. */
const NUMBER = new RegExp(`^\\d{${TELLING_DIGITS},}$`);
const isNumber = (secret: string): boolean => NUMBER.test(digitsOf(secret));
/** Digits with what stands between them. Begins where no such sign stands before, so that a text is read once. */
const DIGITS = /(?<![+(])[+(]*\d[\d\s().+-]*/g;

const withoutNumber = (text: string, number: string): string => {
  const telling = digitsOf(number).slice(-TELLING_DIGITS);
  return text.replace(DIGITS, (run) => {
    if (!digitsOf(run).includes(telling)) return run;
    let end = run.length;
    while (!/\d/.test(run[end - 1] ?? '0')) end -= 1;
    return `${HIDDEN}${run.slice(end)}`;
  });
};

const withoutSecretsIn = (text: string, secrets: readonly string[]): string =>
  secrets.reduce((said, secret) => {
    if (secret === '') return said;
    return isNumber(secret) ? withoutNumber(said, secret) : said.replaceAll(secret, HIDDEN);
  }, text);

/** The texts of an answer, wherever in it they stand, without the secrets. Its depth is bounded by who has read it. */
export const withoutSecrets = (value: unknown, secrets: readonly string[]): unknown => {
  if (secrets.length === 0) return value;
  if (typeof value === 'string') return withoutSecretsIn(value, secrets);
  if (Array.isArray(value)) return value.map((one) => withoutSecrets(one, secrets));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, withoutSecrets(one, secrets)]));
};

/** Without control characters and the secrets, at most 200 characters: what a peer keeps for us. */
export const boundedText = (text: string, secrets: readonly string[] = []): string => {
  const clean = text.slice(0, MAX_READ).replace(CONTROLS, ' ').trim();
  return shortened(withoutSecretsIn(clean, secrets));
};

/**
 * A peer's own words made fit for the log and the screen: the same, and without whatever looks like a phone number, which
 * peers like to quote in their errors.
 */
export const peerText = (text: string, secrets: readonly string[] = []): string =>
  shortened(withoutPersonal(boundedText(text, secrets)));

/** By code points, so that no character is cut in half. */
const shortened = (text: string): string =>
  text.length <= MAX_LENGTH
    ? text
    : `${[...text.slice(0, 2 * MAX_LENGTH)].slice(0, MAX_LENGTH - 1).join('')}…`;
