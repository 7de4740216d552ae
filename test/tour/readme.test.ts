import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { commandsOf, typeThem, withOutputs } from './transcript.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const readme = `${root}README.md`;

// `UPDATE_README=1 npx vitest run test/tour` writes what the commands print now into the README.
test('the README prints what the console prints', () => {
  const markdown = readFileSync(readme, 'utf8');
  const said = commandsOf(markdown);
  const printed = typeThem(
    root,
    said.map(({ command }) => command),
  );
  if (process.env.UPDATE_README === '1') writeFileSync(readme, withOutputs(markdown, printed));
  expect(said.length).toBeGreaterThan(8);
  expect(printed.map((output, i) => ({ command: said[i]?.command, output }))).toEqual(
    process.env.UPDATE_README === '1'
      ? expect.anything()
      : said.map(({ command, output }) => ({ command, output })),
  );
}, 600_000);
