import { withoutPersonal } from '../../core/values/personal-words.ts';

const MAX_LENGTH = 200;
/** Bounds the work; far more than what is kept. */
const MAX_READ = 4_000;

/** C0, DEL, C1, line and paragraph separators, zero-width and bidirectional controls. */
const CONTROLS = /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]+/g;

/** What stands in place of a secret. Nothing that has it is taken for an id or a name. */
export const HIDDEN = '***';

const escaped = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');

/** A phone number is recognised by its last digits, however the peer groups them. */
const patternOf = (secret: string): RegExp | null => {
  if (secret === '') return null;
  const digits = secret.replace(/[\s().+-]/g, '');
  if (!/^\d{7,}$/.test(digits)) return new RegExp(escaped(secret), 'g');
  return new RegExp(`(?:[+(]*\\d[\\d\\s().+-]*)?${[...digits.slice(-7)].join('[\\s().-]*')}`, 'g');
};

const withoutSecretsIn = (text: string, secrets: readonly string[]): string =>
  secrets.reduce((said, secret) => {
    const pattern = patternOf(secret);
    return pattern === null ? said : said.replace(pattern, HIDDEN);
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
