import { expect, test } from 'vitest';
import { TREE } from '../../src/commands/tree.ts';
import { WHO_MAY } from '../../src/core/rules/who-may.ts';
import { EXAMPLES, LINES, OVER_HTTP_ALONE } from './lines.ts';
import { walkCommands } from './who-sees.ts';

test('every command has a row in the table, and takes part in this or says why not', () => {
  const paths = TREE.commands.map(({ spec }) => spec.path).sort();
  const asked = Object.keys(WHO_MAY).filter((row) => !OVER_HTTP_ALONE.includes(row));
  expect(asked.sort()).toEqual(paths);
  expect(Object.keys(LINES).sort()).toEqual(paths);
});

walkCommands((path) => EXAMPLES.includes(path));
