/** A command as it is typed: settings before it, then its words. */
export type Typed = { readonly env: Readonly<Record<string, string>>; readonly words: readonly string[] };

const WORD = /(?:[^\s"]|"[^"]*")+/g;

/** Reads `OSS_X=1 oss order new --name "Kim"`; only double quotes quote, as they are used here. */
export const typed = (line: string): Typed => {
  const words = (line.match(WORD) ?? []).map((word) => word.replaceAll('"', ''));
  const start = words.indexOf('oss');
  const env = words.slice(0, start).map((word) => {
    const equals = word.indexOf('=');
    return [word.slice(0, equals), word.slice(equals + 1)] as const;
  });
  return { env: Object.fromEntries(env), words: words.slice(start + 1) };
};
