import { addedUp, NO_COUNTS } from './counts.ts';
import { runSchedule } from './schedule.ts';

/**
 * Lives one after the other, without a test runner: `first`, how many, and after how many each a line is written. Bundled
 * and started by scripts/simulate.mjs. Ends with 1 when a promise was broken.
 */
const [first = 1, lives = 1, chunk = 100] = process.argv.slice(2).map(Number);
let broken = 0;

for (let from = first; from < first + lives; from += chunk) {
  const startedAt = performance.now();
  let counts = NO_COUNTS;
  const until = Math.min(from + chunk, first + lives);
  for (let seed = from; seed < until; seed += 1) {
    const life = await runSchedule(seed);
    counts = addedUp(counts, life.counts);
    if (life.broken.length === 0) continue;
    broken += 1;
    process.stdout.write(`${JSON.stringify({ seed, broken: life.broken })}\n`);
  }
  const seconds = Math.round((performance.now() - startedAt) / 100) / 10;
  process.stdout.write(`${JSON.stringify({ from, lives: until - from, broken, seconds, ...counts })}\n`);
}
process.exitCode = broken === 0 ? 0 : 1;
