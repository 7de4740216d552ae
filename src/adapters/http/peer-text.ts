const MAX_LENGTH = 200;
/** Bounds the work; far more than what is kept. */
const MAX_READ = 4_000;

/** C0, DEL, C1, line and paragraph separators, zero-width and bidirectional controls. */
const CONTROLS = /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]+/g;

const escaped = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');

/** A phone number is recognised by its last digits, however the peer groups them. */
const patternOf = (secret: string): RegExp | null => {
  if (secret === '') return null;
  const digits = secret.replace(/[\s().+-]/g, '');
  if (!/^\d{7,}$/.test(digits)) return new RegExp(escaped(secret), 'g');
  return new RegExp(`(?:[+(]*\\d[\\d\\s().+-]*)?${[...digits.slice(-7)].join('[\\s().-]*')}`, 'g');
};

/**
 * A peer's text made fit for the log and the screen: without control characters, at most 200 characters, and without
 * the given secrets (token, phone number), which peers like to quote in their errors.
 */
export const peerText = (text: string, secrets: readonly string[] = []): string => {
  const clean = text.slice(0, MAX_READ).replace(CONTROLS, ' ').trim();
  const bare = secrets.reduce((said, secret) => {
    const pattern = patternOf(secret);
    return pattern === null ? said : said.replace(pattern, '***');
  }, clean);
  // By code points, so that no character is cut in half.
  return bare.length <= MAX_LENGTH
    ? bare
    : `${[...bare.slice(0, 2 * MAX_LENGTH)].slice(0, MAX_LENGTH - 1).join('')}…`;
};
