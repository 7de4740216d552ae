import { connect, createServer, type Socket } from 'node:net';
import { join } from 'node:path';

/** What becomes of the next COMMIT: it is not let through, or its answer is not. `isKnown` false: nothing is let through any more. */
export type Cut = { readonly isDone: boolean; readonly isKnown: boolean };

/** Stands between a program and the socket of a server. */
export type CutLine = {
  /** The folder of its socket, as a URL's `host`. */
  readonly socket: string;
  /** Cuts the connection at the next COMMIT. */
  readonly cutAtCommit: (cut: Cut) => void;
  /** false: every connection is refused, and those that there are, are cut. */
  readonly let: (isOpen: boolean) => void;
  /** Cuts the connection at the message number `n` from now: before it arrives, or (`isDone`) before its answer does. */
  readonly cutAt: (n: number, isDone: boolean) => void;
  /** The same, and nothing gets through from then on until it is let. */
  readonly cutOffAt: (n: number, isDone: boolean) => void;
  /** How often it was cut. */
  readonly cuts: () => number;
  readonly end: () => Promise<void>;
};

/** A simple query of that text, as the program sends it. */
const isCommit = (bytes: Buffer): boolean => bytes[0] === 0x51 && bytes.toString('latin1', 5) === 'commit\0';

export const cutLine = async (folder: string, serverFolder: string): Promise<CutLine> => {
  const name = '.s.PGSQL.5432';
  let next: Cut | null = null;
  let isOpen = true;
  let cuts = 0;
  let messages = 0;
  let cutAt: (Cut & { readonly n: number }) | null = null;
  /** What becomes of a message; null: it arrives, and so does its answer. */
  const fateOf = (bytes: Buffer): Cut | null => {
    messages += 1;
    if (cutAt !== null && messages === cutAt.n) {
      const cut = cutAt;
      cutAt = null;
      return cut;
    }
    if (next === null || !isCommit(bytes)) return null;
    const cut = next;
    next = null;
    return cut;
  };
  const sockets = new Set<Socket>();
  const server = createServer((program) => {
    const database = connect(join(serverFolder, name));
    const cut = (): void => {
      program.destroy();
      database.destroy();
    };
    for (const socket of [program, database]) {
      sockets.add(socket);
      socket.on('error', cut);
      socket.on('close', () => {
        sockets.delete(socket);
        cut();
      });
    }
    if (!isOpen) {
      cut();
      return;
    }
    let isAnswerCut = false;
    program.on('data', (bytes) => {
      const fate = fateOf(bytes);
      if (fate === null) {
        database.write(bytes);
        return;
      }
      cuts += 1;
      isAnswerCut = fate.isDone;
      isOpen = fate.isKnown;
      if (isAnswerCut) database.write(bytes);
      else cut();
    });
    database.on('data', (bytes) => {
      if (isAnswerCut) cut();
      else program.write(bytes);
    });
  });
  await new Promise<void>((resolve) => server.listen(join(folder, name), resolve));
  return {
    socket: folder,
    cutAtCommit: (cut) => {
      next = cut;
    },
    let: (open) => {
      isOpen = open;
      if (!open) for (const socket of sockets) socket.destroy();
    },
    cutAt: (n, isDone) => {
      cutAt = { n: messages + n, isDone, isKnown: true };
    },
    cutOffAt: (n, isDone) => {
      cutAt = { n: messages + n, isDone, isKnown: false };
    },
    cuts: () => cuts,
    end: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
};
