import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** Runs `work` with the port of the bare peers, in a process of their own. */
export const withPeers = async (work) => {
  const child = fork(fileURLToPath(new URL('peers.mjs', import.meta.url)), {
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  try {
    const [port] = await once(child.stdout.setEncoding('utf8'), 'data');
    return await work(port.trim());
  } finally {
    child.disconnect();
  }
};
