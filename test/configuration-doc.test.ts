import { expect, test } from 'vitest';
import { ALL_KEYS } from '../src/adapters/config/keys.ts';
import { environmentName, type Setting } from '../src/adapters/config/setting.ts';
import { inWords } from '../src/texts/coded.ts';
import { expectations } from '../src/texts/en/expectations.ts';

// The text is made from the table of keys. After a change: npx vitest run test/configuration-doc -u
test('docs/configuration.md tells every key as it is', async () => {
  await expect(documentation()).toMatchFileSnapshot('../docs/configuration.md');
});

test('every key stands in one group', () => {
  for (const { key } of ALL_KEYS) {
    expect(
      GROUPS.filter(({ keys }) => keys.test(key)),
      key,
    ).toHaveLength(1);
  }
});

const GROUPS: readonly { readonly title: string; readonly keys: RegExp }[] = [
  { title: 'The console', keys: /^[a-z]+$/ },
  { title: 'A database on a server', keys: /^postgres\./ },
  { title: 'Network Elements', keys: /^ne\./ },
  { title: 'TM desk', keys: /^tm\./ },
  { title: 'Calls to peers and work', keys: /^(breaker|inline|undo|reconcile)\./ },
  { title: 'Orders', keys: /^orders\./ },
  { title: 'Visits', keys: /^(schedule|visits|travel|technicians|dispatch)\./ },
  { title: 'When an order is late', keys: /^late\./ },
  { title: 'Who may, and the audit', keys: /^(access|audit)\./ },
  { title: 'The HTTP face', keys: /^serve\./ },
  { title: 'Simulators', keys: /^simulate\./ },
];

const documentation = (): string =>
  [
    INTRODUCTION,
    ...GROUPS.flatMap(({ title, keys }) =>
      section(
        title,
        ALL_KEYS.filter(({ key }) => keys.test(key)),
      ),
    ),
    VARIABLES,
  ].join('\n');

const section = (title: string, settings: readonly Setting<unknown>[]): readonly string[] => [
  `## ${title}`,
  '',
  '| key | environment | default | allowed | what it does |',
  '|---|---|---|---|---|',
  ...settings.map(row),
  '',
];

const row = ({
  key,
  flag,
  fileOnly,
  fallback,
  fallbackText,
  expected,
  description,
}: Setting<unknown>): string => {
  const variable = fileOnly === true ? 'none: the file only' : `\`${environmentName(key)}\``;
  const names = [variable, ...(flag === undefined ? [] : [`\`${flag}\``])].join(', ');
  const shown = fallback === null ? fallbackText : `\`${fallbackText}\``;
  return `| \`${key}\` | ${[names, shown, inWords(expectations, expected), description].map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
};

const INTRODUCTION = `# Configuration

Every setting has a dotted key. Its value is the first of:

1. the flag, where there is one (\`--db\`, \`--tz\`, \`--lang\`, \`--actor\`),
2. the environment variable: \`ne.timeoutMs\` is \`OSS_NE_TIMEOUT_MS\`; an empty variable counts as not set,
3. the file: \`--config F\` or \`OSS_CONFIG\`, else \`$OSS_HOME/config.yaml\`, else \`config.yaml\` in the XDG configuration
   folder (\`~/.config/oss\`). Never the working directory,
4. the default.

\`oss config list --origin\` shows what holds and where it came from, \`oss config set K V\` writes the file and keeps its
comments, \`oss config validate\` lists everything that is wrong at once. An unknown key, a value of the wrong kind and a
mistyped variable are errors (exit 78) that name the key, the place, the value and what is allowed.

\`\`\`yaml
# ~/.config/oss/config.yaml: sections may be nested, or written as dotted keys
tz: Asia/Seoul
ne:
  url: https://ne.example/tmf-api/ServiceActivationAndConfiguration/v4
  tokenFile: ne.token
tm.url: https://desk.example/tmf-api/appointment/v4
schedule:
  callingHours: 10:00-19:00
\`\`\`

- Without \`ne.url\` and \`tm.url\` the built-in simulators are the peers. Set both or neither.
- A path in the file is relative to the file, elsewhere to the working directory; \`~/\` is the home folder.
- A token is never written into the configuration: \`tokenFile\` names a file that only its owner may read (mode 0600),
  \`tokenCommand\` a command that prints it, asked at most once a minute.
- The file is plain YAML 1.2 of at most 64 KiB: no aliases, no tags, no key twice.
- Lists are comma separated in a variable or flag.
- A configuration file or a token file of another account than yours (or root's), one that others can write, or one in a folder where
  everybody can replace it, is refused.
- The URL of a server takes behind a \`?\` only \`host\` (the folder of a socket), \`options\` (\`-c search_path=…\`), \`sslmode\`
  (\`verify-full\`, by default for another machine; \`require\` and \`disable\` there only with \`postgres.allowInsecure\`), \`sslrootcert\`,
  \`sslcert\`, \`sslkey\`, and \`listen=off\` for a pooler in transaction mode. A password in it is refused: it stands in the file of
  \`postgres.passwordFile\`, is printed by \`postgres.passwordCommand\`, or stands in \`PGPASSFILE\` or \`~/.pgpass\`
  (\`host:port:database:user:password\`), each for its owner alone ([ADR 92](adr/0092-a-server-is-named-without-its-password.md)).
- With real peers \`NODE_TLS_REJECT_UNAUTHORIZED=0\` is refused. A certificate authority of your own goes into \`NODE_EXTRA_CA_CERTS\`.
- The peers are asked directly. \`HTTPS_PROXY\`, \`HTTP_PROXY\` and \`ALL_PROXY\` are not used; where one of them would apply to a peer
  that is said on stderr and by \`oss doctor\`, unless \`NO_PROXY\` names its host ([ADR 25](adr/0025-no-proxy-between-us-and-the-peers.md)).
- The database is \`--db\` or \`OSS_DB\` (a path, \`sqlite:relative.db\` or \`sqlite:///absolute.db\`, or
  \`postgres://user@host:port/database\` on a server), else \`$OSS_HOME/oss.db\`,
  else \`data/oss.db\` of the checkout, else \`oss.db\` in the XDG data folder (\`~/.local/share/oss\`). Only a default one is
  made by itself; one that was named must exist (\`oss db init\`). A link is followed: what lies beside the database is the same
  for everybody.
`;

const VARIABLES = `## Other variables

| variable | what it does |
|---|---|
| \`OSS_HOME\` | folder of \`config.yaml\` and \`oss.db\` |
| \`OSS_CONFIG\` | the configuration file, as \`--config\` |
| \`OSS_CRASH_POINT\` | for tests: \`name\` or \`name:n\` kills the process at that named point, at its n-th hit |
`;
