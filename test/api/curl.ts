/** A request as a line of curl has it. */
export type CurlRequest = {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
};

/** A request of a document, and what it says is answered: a status, and the words behind it. */
export type CurlExample = {
  readonly request: CurlRequest;
  readonly status: number;
  readonly told: readonly string[];
};

const WORD = /'([^']*)'|"((?:[^"\\]|\\.)*)"|([^\s'"]+)/g;

const requestOf = (line: string, names: Readonly<Record<string, string>>): CurlRequest => {
  const filled = (text: string): string => text.replace(/\$(\w+)/g, (_, name: string) => names[name] ?? '');
  const words = [...line.matchAll(WORD)].map(
    ([, single, double, bare]) => single ?? filled(double ?? bare ?? ''),
  );
  let [method, url, body]: [string, string, string | undefined] = ['GET', '', undefined];
  const headers: Record<string, string> = {};
  for (let at = 1; at < words.length; at++) {
    const word = words[at] ?? '';
    const value = words[at + 1] ?? '';
    if (!word.startsWith('-')) {
      url = word;
      continue;
    }
    at += 1;
    if (word === '-X') method = value;
    else if (word === '-d') body = value;
    else if (word === '-H')
      headers[value.slice(0, value.indexOf(':'))] = value.slice(value.indexOf(':') + 1).trim();
    else throw new Error(`no example uses ${word}`);
  }
  return { method, url, headers, body };
};

/** The examples of a Markdown text in their order: each `curl` with the comment behind it that says what is answered. */
export const curlExamples = (
  markdown: string,
  names: Readonly<Record<string, string>>,
): readonly CurlExample[] =>
  [...markdown.matchAll(/```sh\n(curl [\s\S]*?)```/g)].flatMap(([, block = '']) =>
    [...block.matchAll(/^(curl [\s\S]*?)\n# (\d+)(.*)$/gm)].map(([, line = '', status, told = '']) => ({
      request: requestOf(line.replaceAll('\\\n', ' '), names),
      status: Number(status),
      told: told.split(' ').filter((word) => word !== ''),
    })),
  );
