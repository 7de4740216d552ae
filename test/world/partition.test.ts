import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { afterAll, beforeAll, expect, test } from 'vitest';

const source = (path: string): string => fileURLToPath(new URL(`../../src/${path}`, import.meta.url));

/** Two machines of their own, and a cable between them. Whoever may not make them cannot prove it. */
const CABLE = `set -e
unshare -n sleep 60 & PEER=$!
trap 'kill $PEER' EXIT
far() { nsenter --net=/proc/$PEER/ns/net "$@"; }
until [ "$(readlink /proc/$PEER/ns/net)" != "$(readlink /proc/$$/ns/net)" ]; do sleep 0.05; done
ip link add near type veth peer name far
ip link set far address 02:00:00:00:00:01 netns $PEER
ip addr add 10.9.0.2/24 dev near
ip link set near up
# Else the machine would keep what it sends until it has asked again whose address that is.
ip neigh add 10.9.0.1 lladdr 02:00:00:00:00:01 dev near nud permanent
far ip addr add 10.9.0.1/24 dev far
far ip link set far up
export FAR="nsenter --net=/proc/$PEER/ns/net"
`;

/** What each of the two sends is answered by nobody while the cable is cut; prints what the far side saw in the end. */
const LIFE = `
const { execFileSync, spawn } = require('node:child_process');
const { connect } = require('node:net');
const { createHttpClient } = require('./client.cjs');
const far = process.env.FAR.split(' ');
const farDo = (...args) => execFileSync(far[0], [...far.slice(1), ...args]);
const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const SERVER = "require('node:http').createServer((request, response) => { request.resume(); " +
  "request.on('end', () => { console.log(request.url); response.end('x'); }); }).listen(8080, '10.9.0.1', () => console.log('up'))";
(async () => {
  const server = spawn(far[0], [...far.slice(1), process.execPath, '-e', SERVER]);
  let seen = '';
  server.stdout.on('data', (data) => { seen += data; });
  const until = async (text) => { while (!seen.includes(text)) await wait(20); };
  await until('up');
  const client = createHttpClient('http://10.9.0.1:8080');
  const send = (path, deadlineMs) =>
    client.send({ method: 'POST', path, headers: {}, body: '{}' }, { deadlineMs });
  await send('/before', 10000);
  const plain = connect(8080, '10.9.0.1');
  await new Promise((resolve) => plain.on('connect', resolve));
  farDo('ip', 'link', 'set', 'far', 'down');
  plain.write('POST /closed HTTP/1.1\\r\\nhost: x\\r\\ncontent-length: 2\\r\\n\\r\\n{}');
  const { kind } = await send('/given-up', 500);
  plain.destroy();
  farDo('ip', 'link', 'set', 'far', 'up');
  const mendedAt = Date.now();
  await until('/closed');
  await wait(2 * (Date.now() - mendedAt) + 1000);
  console.log(JSON.stringify({ kind, seen: seen.trim().split('\\n') }));
  await client.close();
  server.kill();
})();
`;

let folder = '';
let missing: string | null = null;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'oss-partition-'));
  const probe = spawnSync('unshare', ['-rn', 'bash', '-c', CABLE], { encoding: 'utf8' });
  if (probe.status !== 0) missing = probe.error?.message ?? probe.stderr.trim();
  if (missing !== null) process.stderr.write(`NOT PROVEN HERE, a cut cable: ${missing}\n`);
  await build({
    entryPoints: [source('adapters/http/http-client.ts')],
    bundle: true,
    platform: 'node',
    format: 'cjs',
    outfile: join(folder, 'client.cjs'),
    logLevel: 'error',
  });
  writeFileSync(join(folder, 'life.cjs'), LIFE);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('what was given up while the cable was cut does not arrive when it is mended', { timeout: 120_000 }, ({
  skip,
}) => {
  if (missing !== null) return skip(missing);
  const run = spawnSync('unshare', ['-rn', 'bash', '-c', `${CABLE}\nnode life.cjs`], {
    cwd: folder,
    encoding: 'utf8',
    timeout: 110_000,
  });
  expect(run.stderr).toBe('');
  // A socket that is closed as usual goes on sending: what was written to it arrives.
  expect(JSON.parse(run.stdout)).toEqual({ kind: 'lost', seen: ['up', '/before', '/closed'] });
});
