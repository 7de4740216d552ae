import { spawn } from 'node:child_process';

export const median = (values) => {
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
};

/** From the first to the third quarter, as a part of the median. */
export const spread = (values) => {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (part) => sorted[Math.round((sorted.length - 1) * part)];
  return (at(0.75) - at(0.25)) / median(sorted);
};

/** Milliseconds that a whole process takes; throws when it fails. */
export const wholeProcess = ([command, ...args], env) =>
  new Promise((resolve, reject) => {
    const begun = performance.now();
    const child = spawn(command, args, { stdio: 'ignore', env: { ...process.env, ...env } });
    child.on('error', reject);
    child.on('exit', (code) =>
      code === 0
        ? resolve(performance.now() - begun)
        : reject(new Error(`${command} ${args.join(' ')}: exit ${code}`)),
    );
  });

/** Runs a script that prints one JSON object as its last line; its other lines are ignored. */
export const script = (file, args, env = {}) =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [file, ...args.map(String)], {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, ...env },
    });
    let out = '';
    child.stdout.setEncoding('utf8').on('data', (text) => {
      out += text;
    });
    child.on('error', reject);
    child.on('close', (code) =>
      code === 0
        ? resolve(JSON.parse(out.trim().split('\n').at(-1)))
        : reject(new Error(`${file}: exit ${code}`)),
    );
  });

/**
 * Runs each of `subjects` once a round, in turn, so that whatever else the machine does meets all of them. Returns
 * their figures by name, a figure a round.
 */
export const interleaved = async (rounds, subjects) => {
  const figures = Object.fromEntries(Object.keys(subjects).map((name) => [name, []]));
  for (let round = 0; round < rounds; round += 1) {
    for (const [name, run] of Object.entries(subjects)) figures[name].push(await run(round));
  }
  return figures;
};
