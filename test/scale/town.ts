import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type LedgerContents, readLedger } from '../../src/adapters/simulators/ledger.ts';
import { startSimulators } from '../../src/adapters/simulators/simulators.ts';
import { type House, openHouse, QUICK } from '../acceptance/house.ts';
import { type Front, frontOf } from './front.ts';

/** A folder with the real program in it, and peers over HTTP that the test counts and takes down. */
export type Town = {
  readonly house: House;
  readonly ne: Front;
  readonly tm: Front;
  readonly ledger: () => LedgerContents;
  /** A file of so many orders of one line each, and its path. */
  readonly orders: (count: number) => string;
  readonly file: (name: string, text: string) => string;
  readonly close: () => Promise<void>;
};

const HOLD_MS = 15;

/** The clock is the real one: a breaker opens and closes by it. */
export const openTown = async (env: NodeJS.ProcessEnv = {}): Promise<Town> => {
  const house = openHouse({ ...QUICK, OSS_INLINE_MAX_MS: '0', ...env }, null);
  const ledgerPath = join(house.folder, 'peers.ledger');
  const peers = await startSimulators({ which: 'all', ledgerPath, seed: 1, now: Date.now });
  if (peers.ne === null || peers.tm === null) throw new Error('both were asked for');
  const [ne, tm] = [await frontOf(peers.ne.url, HOLD_MS), await frontOf(peers.tm.url, HOLD_MS)];
  Object.assign(house.env, { OSS_NE_URL: ne.url, OSS_TM_URL: tm.url });
  const file = (name: string, text: string): string => {
    const path = join(house.folder, name);
    writeFileSync(path, text);
    return path;
  };
  return {
    house,
    ne,
    tm,
    ledger: () => readLedger(ledgerPath),
    file,
    orders: (count) => {
      const rows = Array.from({ length: count }, (_, i) => {
        const n = String(i).padStart(4, '0');
        return `K-${n},정하은,010-0000-${n},"중앙로 ${i}",강남구,1,0`;
      });
      return file('orders.csv', `key,name,phone,address,area,internet,tv\n${rows.join('\n')}\n`);
    },
    close: async () => {
      await house.close();
      await Promise.all([ne.close(), tm.close()]);
      await peers.close();
    },
  };
};
