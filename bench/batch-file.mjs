// A CSV of orders to place, always the same for the same count: `node bench/batch-file.mjs ROWS > orders.csv`.

import { once } from 'node:events';
import { createWriteStream } from 'node:fs';

const AREAS = ['분당구', '유성구', '송파구', '강남구', '영통구', '해운대구', '수성구', '덕진구'];
const NAMES = ['정하은', '왕상철', '인다은', '염선우', '이준호', '박서진', '김민지', '최도윤'];

export const HEADER = 'key,name,phone,address,area,internet,tv,priority,note';

/** One row: every person and address is another one, a note on every fourth. */
export const orderRow = (/** @type {number} */ n) => {
  const digits = String(n).padStart(8, '0');
  const address = `"서울특별시 중앙로 ${n % 997}, ${100 + (n % 31)}동 ${n}호"`;
  const note = n % 4 === 0 ? '"초인종 고장, 전화 요망"' : '';
  const area = AREAS[n % AREAS.length];
  const name = NAMES[n % NAMES.length];
  return `BENCH-${digits},${name},010-${digits.slice(0, 4)}-${digits.slice(4)},${address},${area},${1 + (n % 2)},${n % 3},normal,${note}`;
};

/** Writes `rows` orders into a file. */
export const writeOrders = async (/** @type {string} */ path, /** @type {number} */ rows) => {
  const out = createWriteStream(path);
  out.write(`${HEADER}\n`);
  let pending = '';
  for (let n = 1; n <= rows; n += 1) {
    pending += `${orderRow(n)}\n`;
    if (n % 1_000 !== 0 && n !== rows) continue;
    if (!out.write(pending)) await once(out, 'drain');
    pending = '';
  }
  out.end();
  await once(out, 'close');
};
