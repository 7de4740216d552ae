import { isIP, Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import type { buildConnector } from 'undici';

export type ConnectorOptions = {
  /** Bytes of a request have left, and its answer is not complete. */
  readonly isOccupied: () => boolean;
  readonly ca?: string;
};

/** Makes the socket of one connection, and knows the one that it made last. */
export type Connector = {
  readonly connect: buildConnector.connector;
  /** Ends the socket, also one that is not connected yet. */
  readonly cut: () => void;
};

const KEEP_ALIVE_MS = 60_000;

export const createConnector = ({ isOccupied, ca }: ConnectorOptions): Connector => {
  let last: Socket | null = null;
  let session: Buffer | undefined;

  const connect: buildConnector.connector = ({ hostname, protocol, port, servername }, callback) => {
    const isTls = protocol === 'https:';
    const raw = resettingSocket(isOccupied);
    last = raw;
    raw.setNoDelay(true).setKeepAlive(true, KEEP_ALIVE_MS);
    raw.connect({ host: hostname, port: Number(port || (isTls ? 443 : 80)) });
    const socket = isTls
      ? connectTls({
          socket: raw,
          host: hostname,
          ALPNProtocols: ['http/1.1'],
          ...(servername === undefined || isIP(hostname) !== 0 ? {} : { servername }),
          ...(session === undefined ? {} : { session }),
          ...(ca === undefined ? {} : { ca }),
        }).on('session', (given) => {
          session = given;
        })
      : raw;
    let isTold = false;
    const tell = (...told: Parameters<typeof callback>): void => {
      if (isTold) return;
      isTold = true;
      callback(...told);
    };
    // Its own errors are not always those of the TLS around it.
    if (isTls) raw.on('error', (error) => socket.destroy(error));
    socket.once(isTls ? 'secureConnect' : 'connect', () => tell(null, socket));
    socket.on('error', (error) => tell(error, null));
    return socket;
  };

  return {
    connect,
    cut: () => {
      last?.destroy(new Error('given up'));
    },
  };
};

/**
 * A TCP socket that, while it is occupied, ends in a reset whoever ends it: then the kernel throws away what it has not
 * sent. Closed in the ordinary way it would go on sending, and a request that this process has long given up would arrive
 * minutes later, when a broken line is mended. With TLS the raw socket must do it: TLSSocket.resetAndDestroy() throws.
 * Half-open, so that no side has begun to end it when it must be reset: the two cannot be mixed.
 */
const resettingSocket = (isOccupied: () => boolean): Socket => {
  const socket = new Socket({ allowHalfOpen: true });
  const destroy = socket.destroy.bind(socket);
  let reason: Error | undefined;
  let isEnding = false;
  socket.destroy = (error) => {
    if (isEnding || !isOccupied() || socket.connecting || socket.destroyed) return destroy(error ?? reason);
    isEnding = true;
    reason = error;
    // Comes back here.
    return socket.resetAndDestroy();
  };
  return socket;
};
