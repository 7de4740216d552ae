import { fileURLToPath } from 'node:url';
import { script, spread } from '../lib/measure.mjs';

const file = fileURLToPath(new URL('../batch-intake.mjs', import.meta.url));
const MOST_MIB = 200;
const AIM = 0.35;

const rowsOf = async (rows, rounds) => {
  const measured = await script(file, [rows, rounds]);
  const { ratio, processorRatio, rowsPerSecond, floorRowsPerSecond, peakMiB, ratios, peaksMiB } = measured;
  const what = `oss batch run, ${rows.toLocaleString('en-US')} orders from CSV`;
  return [
    {
      what,
      ratio,
      spread: spread(ratios),
      aim: `>= ${AIM}`,
      met: ratio >= AIM,
      measured: `${ratio.toFixed(2)} ±${(spread(ratios) / 2).toFixed(2)} (cpu ${processorRatio.toFixed(2)})`,
      oss: rowsPerSecond,
      floor: `${floorRowsPerSecond.toLocaleString('en-US')} rows/s`,
      rounds,
    },
    {
      what: `${what}: peak memory`,
      ratio: peakMiB / MOST_MIB,
      spread: spread(peaksMiB),
      aim: `<= ${MOST_MIB} MiB`,
      met: peakMiB <= MOST_MIB,
      measured: `${peakMiB} MiB`,
      oss: peakMiB,
      floor: '-',
      rounds,
    },
  ];
};

export const intake = ({ quick }) => (quick ? rowsOf(2_000, 1) : rowsOf(100_000, 3));

/** Ten times as many rows: the memory must be as flat. */
export const million = ({ quick }) => rowsOf(quick ? 5_000 : 1_000_000, 1);
