// Counts what the shape of the tree costs a reader: `npm run arrows [-- root]`.
//   room      a folder with source files of its own, or a file that lies directly in the top folder counted
//   arrow     one room imports another, types too; counted once however many imports make it
//   backward  an arrow against the order of the rooms that leaves the fewest such arrows: what is left of circles
// Tests, suites of ports and fixtures are not counted: they may import what they like.
import { readFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { importsOf, sourceFiles } from './imports-of.mjs';
import { codeOf } from './source-code.mjs';

const NOT_COUNTED = /\.(test|contract|fixture)\.ts$|(^|\/)testing\//;

/** @typedef {{ files: number, arrows: number }} Depth */

/**
 * Rooms and arrows of one folder of `src`.
 * @param {string} root
 * @param {{ top: string, depth?: number }} options `depth`: how many folders below `top` make a room
 */
export const importArrows = (root, { top, depth = 1 }) => {
  const folder = join(root, 'src', top);
  /** @type {Map<string, Set<string>>} */
  const rooms = new Map();
  const roomOf = (/** @type {string} */ file) => {
    const parts = relative(folder, file).split(sep);
    return parts.slice(0, depth).join('/');
  };
  const isCounted = (/** @type {string} */ file) =>
    !NOT_COUNTED.test(relative(root, file).split(sep).join('/'));
  const files = sourceFiles(folder).filter(isCounted);
  for (const file of files) rooms.set(roomOf(file), new Set());
  for (const file of files) {
    for (const { specifier } of importsOf(codeOf(readFileSync(file, 'utf8')))) {
      if (!specifier.startsWith('.')) continue;
      const target = resolve(dirname(file), specifier);
      if (relative(folder, target).startsWith('..')) continue;
      const [from, to] = [roomOf(file), roomOf(target)];
      if (from !== to && rooms.has(to)) rooms.get(from)?.add(to);
    }
  }
  const order = bestOrder(rooms);
  const arrows = [...rooms].flatMap(([from, tos]) => [...tos].map((to) => ({ from, to })));
  const backward = arrows.filter(({ from, to }) => order.indexOf(to) > order.indexOf(from));
  return { files: files.length, rooms: rooms.size, arrows: arrows.length, order, backward };
};

/**
 * An order of the rooms, the lowest first, in which few arrows point upwards. Finding the very best takes too long in a
 * circle of many rooms; moving one room at a time until nothing is gained comes close, and always to the same.
 * @param {ReadonlyMap<string, ReadonlySet<string>>} rooms
 */
const bestOrder = (rooms) => {
  const order = [...rooms.keys()].sort(
    (a, b) => (rooms.get(a)?.size ?? 0) - (rooms.get(b)?.size ?? 0) || a.localeCompare(b),
  );
  const arrow = (/** @type {string} */ from, /** @type {string} */ to) => (rooms.get(from)?.has(to) ? 1 : 0);
  for (let gained = true; gained; ) {
    gained = false;
    for (const room of [...order]) {
      const at = order.indexOf(room);
      let [best, place, cost] = [0, at, 0];
      for (let i = at + 1; i < order.length; i += 1) {
        cost += arrow(order[i], room) - arrow(room, order[i]);
        if (cost < best) [best, place] = [cost, i];
      }
      cost = 0;
      for (let i = at - 1; i >= 0; i -= 1) {
        cost += arrow(room, order[i]) - arrow(order[i], room);
        if (cost < best) [best, place] = [cost, i];
      }
      if (place === at) continue;
      order.splice(at, 1);
      order.splice(place, 0, room);
      gained = true;
    }
  }
  return order;
};

const TOPS = [{ top: '' }, { top: 'core' }, { top: 'core/app' }, { top: 'adapters' }, { top: 'commands' }];

if (process.argv[1] !== undefined && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const root = resolve(process.argv[2] ?? fileURLToPath(new URL('..', import.meta.url)));
  for (const options of TOPS) {
    const { files, rooms, arrows, backward } = importArrows(root, options);
    process.stdout.write(
      `src/${options.top}: ${files} files, ${rooms} rooms, ${arrows} arrows, ${backward.length} backward\n`,
    );
    for (const { from, to } of backward) process.stdout.write(`  ${from} -> ${to}\n`);
  }
}
