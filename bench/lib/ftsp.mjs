// Public instances of the field technician scheduling problem (FTSP), read from OSS_FTSP_DIR. They are not part of the project.
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** Where the instances are; null: nowhere. */
export const ftspFolder = (root) => {
  const folder = resolve(process.env.OSS_FTSP_DIR ?? join(root, '..', 'shared', 'bench', 'ftsp'));
  return existsSync(join(folder, 'reference.csv')) ? folder : null;
};

/** The best known priority of each instance, by its name. */
const referencesOf = (folder) =>
  readFileSync(join(folder, 'reference.csv'), 'utf8')
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.split(','))
    .map(([name, , , , , reference]) => ({ name, reference: Number(reference) }));

/**
 * Numbers in a row: orders, technicians; then, with the depot before the orders: priorities, skills (a row an order), durations,
 * first and last minute; then when each technician begins and ends, three figures about the instance, and coordinates. All
 * technicians begin and end at the depot; a kilometre is a minute.
 */
export const readFtsp = (folder) =>
  referencesOf(folder).map(({ name, reference }) => {
    const numbers = readFileSync(join(folder, `${name}.txt`), 'utf8')
      .trim()
      .split(/\s+/)
      .map(Number);
    let at = 0;
    const take = (count) => {
      at += count;
      return numbers.slice(at - count, at);
    };
    const [orders, technicians] = take(2);
    const priorities = take(orders + 1).slice(1);
    const skills = take((orders + 1) * technicians);
    const [minutes, from, to] = [1, 2, 3].map(() => take(orders + 1).slice(1));
    const [begin, end] = [1, 2].map(() => take(technicians));
    take(3);
    const places = Array.from({ length: orders + 1 }, () => take(2));
    if (at !== numbers.length)
      throw new Error(`${name} has ${numbers.length - at} numbers that nobody asked for`);
    return {
      name,
      reference,
      orders: priorities.map((priority, i) => ({
        priority,
        minutes: minutes[i],
        from: from[i],
        to: to[i],
        able: skills.slice((i + 1) * technicians, (i + 2) * technicians).map((one) => one === 1),
        place: i + 1,
      })),
      technicians: begin.map((start, i) => ({ start, end: end[i] })),
      places,
    };
  });
