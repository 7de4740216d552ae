import { fileURLToPath } from 'node:url';
import { script } from '../lib/measure.mjs';

const file = fileURLToPath(new URL('../killed-import.mjs', import.meta.url));

/** Not a speed: what an import that is killed on the way, resumed and repeated has lost or doubled. */
export const killed = async ({ quick }) => {
  const rows = quick ? 2_000 : 100_000;
  const { kills, wrong, placedAtKills } = await script(file, [rows]);
  return [
    {
      what: `${rows.toLocaleString('en-US')} orders imported, ${kills} times killed and resumed, imported again: lost or doubled`,
      ratio: wrong,
      spread: 0,
      aim: '0',
      met: wrong === 0,
      measured: String(wrong),
      oss: wrong,
      floor: '-',
      rounds: 1,
      placedAtKills,
    },
  ];
};
