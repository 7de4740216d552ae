import { join } from 'node:path';
import { costRow } from '../lib/figures.mjs';
import { root } from '../lib/library.mjs';
import { interleaved, wholeProcess } from '../lib/measure.mjs';

const ORDER = [
  '--name',
  'Kim',
  '--phone',
  '010-1234-5678',
  '--address',
  'Gangnam-gu 1',
  '--internet',
  '1',
  '--tv',
  '1',
];

/** Whole processes, from the fork to the exit, beside a Node that does nothing. */
export const start = async ({ fresh, quick }) => {
  const oss = join(root, 'bin', 'oss');
  const env = { OSS_HOME: fresh(), OSS_INLINE_MAX_MS: '0' };
  const run =
    (...command) =>
    () =>
      wholeProcess(command, env);
  const place = run(oss, 'order', 'new', ...ORDER, '--duplicate-ok');
  await place();
  const times = await interleaved(quick ? 3 : 41, {
    base: run(process.execPath, '-e', '0'),
    version: run(oss, '--version'),
    status: run(oss, 'status', '1'),
    new: place,
  });
  const row = (what, name, aim) => costRow(what, { oss: times[name], base: times.base, aim });
  return [
    row('oss --version, whole process, beside node -e 0', 'version', 1.3),
    row('oss status <id>', 'status', 1.8),
    row('oss order new, nothing inline', 'new', 2.2),
  ];
};
