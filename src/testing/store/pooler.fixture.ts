import { connect, createServer, type Socket } from 'node:net';
import { join } from 'node:path';

/**
 * Stands between programs and a server as PgBouncer does in transaction mode: each transaction gets another connection of a few, a
 * program is told of a process that is none of the server's, and parameters of a session are refused.
 */
export type Pooler = {
  /** The folder of its socket, as a URL's `host`. */
  readonly socket: string;
  readonly end: () => Promise<void>;
};

const NAME = '.s.PGSQL.5432';
const READY = 0x5a;
const TERMINATE = 0x58;
/** What PgBouncer lets pass. */
const KNOWN = ['user', 'database', 'application_name', 'client_encoding', 'replication'];

const message = (type: string, body: Buffer): Buffer => {
  const head = Buffer.alloc(5);
  head.write(type, 0, 'latin1');
  head.writeInt32BE(body.length + 4, 1);
  return Buffer.concat([head, body]);
};

const int32s = (...numbers: readonly number[]): Buffer => {
  const buffer = Buffer.alloc(numbers.length * 4);
  for (const [i, number] of numbers.entries()) buffer.writeInt32BE(number, i * 4);
  return buffer;
};

const GREETING = Buffer.concat([
  message('R', int32s(0)),
  message('S', Buffer.from('server_version\x0018\0')),
  message('S', Buffer.from('client_encoding\0UTF8\0')),
  message('K', int32s(2_147_000_000, 1)),
  message('Z', Buffer.from('I')),
]);

const refusal = (text: string): Buffer =>
  message('E', Buffer.from(`SFATAL\0VFATAL\0C08P01\0M${text}\0\0`, 'latin1'));

/** Cuts what arrives into messages. `hasType` false: the first one, which has none. */
const splitter = (hear: (type: number, whole: Buffer) => void, hasType: () => boolean) => {
  let kept = Buffer.alloc(0);
  return (bytes: Buffer): void => {
    kept = Buffer.concat([kept, bytes]);
    for (;;) {
      const head = hasType() ? 1 : 0;
      if (kept.length < head + 4) return;
      const length = head + kept.readInt32BE(head);
      if (kept.length < length) return;
      const whole = kept.subarray(0, length);
      kept = kept.subarray(length);
      hear(head === 1 ? (whole[0] ?? 0) : 0, Buffer.from(whole));
    }
  };
};

type Line = { readonly socket: Socket; hear: ((type: number, whole: Buffer) => void) | null };

const openLine = (serverFolder: string, user: string): Promise<Line> =>
  new Promise((resolve, reject) => {
    const socket = connect(join(serverFolder, NAME));
    const line: Line = { socket, hear: null };
    let isReady = false;
    const split = splitter(
      (type, whole) => {
        if (isReady) line.hear?.(type, whole);
        else if (type === READY) {
          isReady = true;
          resolve(line);
        }
      },
      () => true,
    );
    socket.on('data', split);
    socket.on('error', reject);
    const body = Buffer.from(`user\0${user}\0database\0postgres\0\0`);
    socket.write(Buffer.concat([int32s(body.length + 8, 196_608), body]));
  });

/** `server`: the folder of its socket. `user`: as whom the pooler speaks to it. `size`: connections that it has there. */
export const startPooler = async (
  folder: string,
  { server, user, size = 4 }: { readonly server: string; readonly user: string; readonly size?: number },
): Promise<Pooler> => {
  const idle: Line[] = [];
  for (let n = 0; n < size; n += 1) idle.push(await openLine(server, user));
  const waiting: ((line: Line) => void)[] = [];
  const all = new Set<Socket>(idle.map(({ socket }) => socket));
  const release = (line: Line): void => {
    line.hear = null;
    const next = waiting.shift();
    // The one that was idle longest goes first, so that no program gets the same one twice in a row.
    if (next === undefined) idle.push(line);
    else next(line);
  };
  const take = (): Promise<Line> => {
    const line = idle.shift();
    return line === undefined ? new Promise((resolve) => waiting.push(resolve)) : Promise.resolve(line);
  };

  const serve = (program: Socket): void => {
    all.add(program);
    let isStarted = false;
    let line: Promise<Line> | null = null;
    const asked = async (type: number, whole: Buffer): Promise<void> => {
      if (type === TERMINATE) return void program.end();
      line ??= take().then((taken) => {
        taken.hear = (told, bytes) => {
          // Everything that came with it goes first, so that a program that is told it is ready finds another line.
          const isOver = told === READY && bytes[5] === 0x49;
          if (isOver) {
            line = null;
            release(taken);
          }
          program.write(bytes);
        };
        return taken;
      });
      const taken = line;
      (await taken).socket.write(whole);
    };
    const start = (whole: Buffer): void => {
      isStarted = true;
      const words = whole.subarray(8).toString('latin1').split('\0');
      const unknown = words.find((word, i) => i % 2 === 0 && word !== '' && !KNOWN.includes(word));
      program.write(unknown === undefined ? GREETING : refusal(`unsupported startup parameter: ${unknown}`));
      if (unknown !== undefined) program.end();
    };
    program.on(
      'data',
      splitter(
        (type, whole) => {
          if (isStarted) void asked(type, whole);
          else start(whole);
        },
        () => isStarted,
      ),
    );
    program.on('error', () => undefined);
    program.on('close', () => {
      all.delete(program);
      void line?.then(({ socket }) => socket.destroy());
    });
  };
  const listener = createServer(serve);
  await new Promise<void>((resolve) => listener.listen(join(folder, NAME), resolve));
  return {
    socket: folder,
    end: async () => {
      for (const socket of all) socket.destroy();
      await new Promise((resolve) => listener.close(resolve));
    },
  };
};
