import { rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import {
  copyData,
  initData,
  markStandby,
  newServerFolder,
  type RunningServer,
  removeServerFolder,
  startServer,
} from './postgres-process.fixture.ts';

/** A server of a test, which listens on a socket in a folder of its own and nowhere else. */
export type PostgresServer = {
  /** `postgres://` of a place without tables: a schema of its own, for a database of its own takes ten times as long to make. */
  readonly newPlace: () => Promise<string>;
  /** The folder of the socket, as a URL's `host`. */
  readonly socket: string;
  /** Kills all its processes at once, as a machine that loses its power. */
  readonly crash: () => Promise<void>;
  readonly restart: () => Promise<void>;
  /** Stops it, starts it as a standby of nobody, and promotes it: the line of its history is another one then. */
  readonly promote: () => Promise<void>;
  readonly end: () => Promise<void>;
};

const urlOf = (socket: string, schema: string): string =>
  `postgres://oss@localhost/postgres?host=${encodeURIComponent(socket)}&options=${encodeURIComponent(`-c search_path=${schema}`)}`;

/** Makes places of a server: schemas that are numbered. */
const placesAt = (socket: string): PostgresServer['newPlace'] => {
  let count = 0;
  return async () => {
    count += 1;
    const schema = `s${count}`;
    const admin = new Client({ connectionString: urlOf(socket, 'public') });
    await admin.connect();
    await admin.query(`create schema ${schema}`);
    await admin.end();
    return urlOf(socket, schema);
  };
};

/** `settings`: of the server, as `fsync=off`. */
export const startPostgres = async (settings: readonly string[] = []): Promise<PostgresServer> => {
  const place = newServerFolder();
  initData(place);
  let running = await startServer(place, settings);
  return {
    socket: place.folder,
    newPlace: placesAt(place.folder),
    crash: () => running.kill(),
    restart: async () => {
      running = await startServer(place, settings);
    },
    promote: async () => {
      await running.stop();
      markStandby(place);
      running = await startServer(place, settings);
      await running.promote();
    },
    end: async () => {
      await running.stop();
      removeServerFolder(place);
    },
  };
};

/** A server and its standby, at one address that is always that of the one that writes. */
export type PostgresPair = Pick<PostgresServer, 'newPlace' | 'end'> & {
  /** From now on the standby gets nothing. Only of a pair that is not synchronous, which else would acknowledge nothing more. */
  readonly cutOff: () => Promise<void>;
  /** The one that writes loses its power, and the standby is promoted. */
  readonly failOver: () => Promise<void>;
};

/**
 * A server that acknowledges a commit once its standby has it on its disk too (`isSynchronous`), or before that. The standby is a
 * copy of the stopped server, for the package brings no program that makes one.
 */
export const startPostgresPair = async ({
  isSynchronous,
}: {
  readonly isSynchronous: boolean;
}): Promise<PostgresPair> => {
  const first = newServerFolder();
  const second = newServerFolder(first.bin);
  initData(first);
  await (await startServer(first, [])).stop();
  copyData(first, second);
  markStandby(second);
  const primary = await startServer(first, isSynchronous ? ['synchronous_standby_names=*'] : []);
  const follow = (): Promise<RunningServer> =>
    startServer(second, [`primary_conninfo=host=${first.folder} user=oss`]);
  let standby = await follow();
  let isCutOff = false;
  const address = join(second.folder, 'address');
  symlinkSync(first.folder, address);
  let writes: RunningServer = primary;
  return {
    newPlace: placesAt(address),
    cutOff: async () => {
      isCutOff = true;
      await standby.stop();
    },
    failOver: async () => {
      await primary.kill();
      if (isCutOff) standby = await follow();
      await standby.promote();
      rmSync(address);
      symlinkSync(second.folder, address);
      writes = standby;
    },
    end: async () => {
      if (writes === primary) await primary.stop();
      await standby.stop();
      for (const one of [first, second]) removeServerFolder(one);
    },
  };
};
