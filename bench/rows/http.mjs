import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rateRow, rounded } from '../lib/figures.mjs';
import { root } from '../lib/library.mjs';
import { interleaved, median } from '../lib/measure.mjs';
import { floodUntil, ratePerSecond, startServer } from '../lib/over-http.mjs';
import { orderOf } from '../lib/workload.mjs';

const OSS = join(root, 'bin/oss');
const FLOOR = fileURLToPath(new URL('../floor/serve.mjs', import.meta.url));
const WIDTH = 64;
/** Readers that ask for more than is given while orders come in. */
const READERS = 400;

const asTmf641 = (i) => {
  const { name, phone, address, area } = orderOf(i);
  return {
    externalId: `B-${i}`,
    relatedParty: [
      {
        ...{ '@type': 'RelatedParty', '@referredType': 'Individual', id: `C-${i}`, role: 'customer', name },
        contactMedium: [{ mediumType: 'phone', characteristic: { phoneNumber: phone } }],
      },
    ],
    serviceOrderItem: [
      {
        id: '1',
        action: 'add',
        service: {
          serviceSpecification: { id: 'internet' },
          serviceCharacteristic: [{ name: 'area', value: area }],
          place: [{ role: 'installationAddress', name: address }],
        },
      },
    ],
  };
};

const json = { 'content-type': 'application/json' };

/** The program's server on a database of its own. */
const startOss = async (folder) => {
  const env = {
    OSS_HOME: folder,
    OSS_ACTOR: 'supervisor:bench',
    OSS_SERVE_DRAIN_MS: '0',
    OSS_SERVE_CALLER_RATE: '100000',
  };
  const line = ['access', 'token', 'new', '--role', 'cs', '--name', 'bench', '-o', 'id', '--quiet'];
  const token = execFileSync(process.execPath, [OSS, ...line], {
    env: { ...process.env, ...env },
    encoding: 'utf8',
  });
  const server = await startServer([OSS, 'serve', '--listen', '127.0.0.1:0', '-o', 'id', '--quiet'], env);
  const headers = { authorization: `Bearer ${token.trim()}` };
  const placing = (i) => ({
    method: 'POST',
    path: '/tmf-api/serviceOrdering/v4/serviceOrder',
    headers: { ...json, ...headers },
    body: JSON.stringify(asTmf641(i)),
  });
  return { ...server, placing, reading: () => ({ method: 'GET', path: '/events?limit=1000', headers }) };
};

const ossRate = async (folder, count) => {
  const { url, end, placing } = await startOss(folder);
  const rate = await ratePerSecond(url, { count, width: WIDTH, requestOf: placing });
  await end();
  return rate;
};

const floorRate = async (library, folder, count) => {
  const { url, end } = await startServer([FLOOR, library, folder]);
  const requestOf = (i) => ({
    method: 'POST',
    path: '/orders',
    headers: json,
    body: JSON.stringify(orderOf(i)),
  });
  const rate = await ratePerSecond(url, { count, width: WIDTH, requestOf });
  await end();
  return rate;
};

/** Orders a second alone, and while far more is read than is given; and how fast readers are told to come back later. */
const overloaded = async (folder, count) => {
  const { url, end, placing, reading } = await startOss(folder);
  const alone = await ratePerSecond(url, { count, width: WIDTH, requestOf: placing });
  let isOver = false;
  const flood = floodUntil(url, { width: READERS, requestOf: reading, isOver: () => isOver });
  const later = await ratePerSecond(url, { count, width: WIDTH, requestOf: (i) => placing(count + i) });
  isOver = true;
  const answers = await flood;
  await end();
  const refused = answers.filter(({ statusCode }) => statusCode === 503).map(({ ms }) => ms);
  return { kept: later / alone, refused, all: answers.length };
};

export const http = async ({ library, fresh, quick }) => {
  const count = quick ? 300 : 3_000;
  const { oss, floor } = await interleaved(quick ? 1 : 5, {
    floor: () => floorRate(library, fresh(), count),
    oss: () => ossRate(fresh(), count),
  });
  const { kept, refused, all } = await overloaded(fresh(), count);
  const told = refused.length === 0 ? 'none was' : `half of them within ${rounded(median(refused))} ms`;
  return [
    rateRow(`placing over HTTP, ${WIDTH} connections, each order durable`, {
      ...{ oss, floor, aim: 0.6, unit: 'orders/s' },
    }),
    {
      what: `the same while ${READERS} readers ask for more than is given`,
      ratio: kept,
      aim: '>= 0.8',
      met: kept >= 0.8,
      measured: kept.toFixed(2),
      floor: `its rate alone; ${refused.length} of ${all} readings put off, ${told}`,
      rounds: 1,
    },
  ];
};
