// `npm run bench`: every row of the table "Speed and cost", beside its floor. See bench/README.md.
//   --quick         small counts, to see that everything works; its figures mean little
//   --large         the rows at 1,000,000 orders, and the import that is killed, too (half an hour)
//   --only a,b      some of: start, place, http, intake, lifecycle, undo, log, plan, and with --large growth, million, killed; the others stand
//                   as they were measured last
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { documented, writeDocument } from './lib/document.mjs';
import { bundleLibrary, root } from './lib/library.mjs';
import { growth } from './rows/growth.mjs';
import { http } from './rows/http.mjs';
import { intake, million } from './rows/intake.mjs';
import { killed } from './rows/killed.mjs';
import { lifecycle } from './rows/lifecycle.mjs';
import { log } from './rows/log.mjs';
import { place } from './rows/place.mjs';
import { plan } from './rows/plan.mjs';
import { start } from './rows/start.mjs';
import { undo } from './rows/undo.mjs';

const { values } = parseArgs({
  options: { quick: { type: 'boolean' }, large: { type: 'boolean' }, only: { type: 'string' } },
});
const LARGE = { growth, million, killed };
const ROWS = { start, place, http, intake, lifecycle, undo, log, plan, ...(values.large ? LARGE : {}) };
const asked = values.only?.split(',') ?? Object.keys(ROWS);

const { library, remove } = await bundleLibrary();
const folder = mkdtempSync(join(tmpdir(), 'oss-bench-'));
let nth = 0;
/** A folder that no other run has used. */
const fresh = () => {
  nth += 1;
  const made = join(folder, String(nth));
  mkdirSync(made);
  return made;
};

const results = [];
try {
  for (const name of asked) {
    if (ROWS[name] === undefined)
      throw new Error(`no row is called ${name}: ${Object.keys(ROWS).join(', ')}`);
    for (const row of await ROWS[name]({ library, fresh, quick: values.quick === true })) {
      results.push({ row: name, ...row });
      process.stdout.write(
        `${row.what.padEnd(58)} ${row.measured.padStart(16)}   aim ${row.aim}   floor ${row.floor}\n`,
      );
    }
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
  remove();
}

/** Rows that were not asked for stand as they were measured last. */
const folderOfResults = join(root, 'bench', 'results');
mkdirSync(folderOfResults, { recursive: true });
const last = readdirSync(folderOfResults)
  .filter((name) => /^[\d-]+\.json$/.test(name))
  .sort()
  .at(-1);
const date = new Date().toISOString().slice(0, 10);
const measured = results.map((result) => ({ ...result, date }));
/** Results are kept beside the checkout only: a new one has the table. */
const lastReport = () =>
  last === undefined ? documented() : JSON.parse(readFileSync(join(folderOfResults, last), 'utf8'));
const earlier = [];
if (values.quick !== true) {
  const { date: then, results: before } = lastReport();
  const stands = ({ row, what }) => !asked.includes(row) && !measured.some((one) => one.what === what);
  earlier.push(...before.filter(stands).map((result) => ({ date: then, ...result })));
}
const order = Object.keys({ ...ROWS, ...LARGE });
const all = [...earlier, ...measured].sort((a, b) => order.indexOf(a.row) - order.indexOf(b.row));

const machine = {
  node: process.version,
  platform: `${process.platform} ${process.arch}`,
  cpu: cpus()[0]?.model ?? '',
  cores: cpus().length,
  memoryGiB: Math.round(totalmem() / 2 ** 30),
};
const report = {
  date,
  machine,
  quick: values.quick === true,
  results: all,
};
const kind = values.quick === true ? '-quick' : '';
writeFileSync(join(folderOfResults, `${date}${kind}.json`), `${JSON.stringify(report, null, 2)}\n`);
if (values.quick !== true) writeDocument(report);
