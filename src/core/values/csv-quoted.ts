/**
 * A CSV cell as RFC 4180 writes it: in quotes when it holds one, a new line, space at an end, or one of `delimiters`
 * (a comma alone, unless the reader may guess another).
 */
export const csvQuoted = (text: string, delimiters: readonly string[] = [',']): string =>
  /["\r\n]/.test(text) || text !== text.trim() || delimiters.some((one) => text.includes(one))
    ? `"${text.replaceAll('"', '""')}"`
    : text;
