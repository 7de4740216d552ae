import { fileURLToPath } from 'node:url';
import { script } from '../lib/measure.mjs';

const file = fileURLToPath(new URL('../batch-intake.mjs', import.meta.url));
const MOST_MIB = 200;
const AIM = 0.35;

export const intake = async ({ quick }) => {
  const rows = quick ? 2_000 : 100_000;
  const measured = await script(file, [rows, quick ? 1 : 3]);
  const { ratio, processorRatio, rowsPerSecond, floorRowsPerSecond, peakMiB } = measured;
  const what = `oss batch run, ${rows.toLocaleString('en-US')} orders from CSV`;
  return [
    {
      what,
      ratio,
      spread: 0,
      aim: `>= ${AIM}`,
      met: ratio >= AIM,
      measured: `${ratio.toFixed(2)} (cpu ${processorRatio.toFixed(2)})`,
      oss: rowsPerSecond,
      floor: `${floorRowsPerSecond.toLocaleString('en-US')} rows/s`,
      rounds: quick ? 1 : 3,
    },
    {
      what: `${what}: peak memory`,
      ratio: peakMiB / MOST_MIB,
      spread: 0,
      aim: `<= ${MOST_MIB} MiB`,
      met: peakMiB <= MOST_MIB,
      measured: `${peakMiB} MiB`,
      oss: peakMiB,
      floor: '-',
      rounds: quick ? 1 : 3,
    },
  ];
};
