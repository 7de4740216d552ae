import { connect, type Socket } from 'node:net';

export type RawConnection = {
  readonly socket: Socket;
  readonly send: (text: string) => void;
  /** Resolves as soon as all that came so far holds this. */
  readonly until: (text: string) => Promise<string>;
  /** All that came, once the other side has closed. */
  readonly ended: Promise<string>;
};

/** A connection on which a test says exactly what it wants. */
export const rawConnection = (port: number): RawConnection => {
  const socket = connect(port, '127.0.0.1');
  let got = '';
  const looks = new Set<() => void>();
  socket.setEncoding('utf8');
  socket.on('error', () => {});
  socket.on('data', (text) => {
    got += String(text);
    for (const look of looks) look();
  });
  const ended = new Promise<string>((resolve) => socket.on('close', () => resolve(got)));
  return {
    socket,
    ended,
    send: (text) => void socket.write(text),
    until: (text) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          if (!got.includes(text)) return;
          looks.delete(look);
          resolve(got);
        };
        looks.add(look);
        socket.on('close', () => reject(new Error(`closed before ${JSON.stringify(text)} came: ${got}`)));
        look();
      }),
  };
};
