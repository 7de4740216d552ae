// Requests over many connections at once, and servers to send them to.
import { spawn } from 'node:child_process';
import { Pool } from 'undici';
import { pool } from './workload.mjs';

/** Starts a server that prints its URL as its first line; `end` stops it. */
export const startServer = (args, env = {}) =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args.map(String), {
      stdio: ['ignore', 'pipe', 'ignore'],
      env: { ...process.env, ...env },
    });
    let out = '';
    const ended = new Promise((done) => child.on('close', done));
    child.on('error', reject);
    child.on('close', (code) => reject(new Error(`${args.join(' ')}: exit ${code}`)));
    child.stdout.setEncoding('utf8').on('data', (text) => {
      out += text;
      if (!out.includes('\n')) return;
      resolve({
        url: out.split('\n')[0],
        end: async () => {
          child.kill('SIGTERM');
          await ended;
        },
      });
    });
  });

/** Sends `count` requests, `width` at a time, and gives how many a second were answered as they should. */
export const ratePerSecond = async (url, { count, width, requestOf }) => {
  const client = new Pool(url, { connections: width, pipelining: 1 });
  const begun = performance.now();
  let wrong = 0;
  await pool(count, width, async (i) => {
    const { statusCode, body } = await client.request(requestOf(i));
    await body.dump();
    if (statusCode !== 201) wrong += 1;
  });
  const seconds = (performance.now() - begun) / 1_000;
  await client.close();
  if (wrong > 0) throw new Error(`${wrong} of ${count} requests were not answered 201`);
  return count / seconds;
};

/** Sends one request after another over `width` connections until it is over, as callers do who come back when they are told; gives what was answered and how fast. */
export const floodUntil = async (url, { width, requestOf, isOver }) => {
  const client = new Pool(url, { connections: width, pipelining: 1 });
  const answers = [];
  const lane = async () => {
    while (!isOver()) {
      const begun = performance.now();
      const { statusCode, headers, body } = await client.request(requestOf());
      await body.dump();
      answers.push({ statusCode, ms: performance.now() - begun });
      const later = performance.now() + Number(headers['retry-after'] ?? 0) * 1_000;
      while (performance.now() < later && !isOver()) await new Promise((wake) => setTimeout(wake, 100));
    }
  };
  await Promise.all(Array.from({ length: width }, lane));
  await client.close();
  return answers;
};
