import { completion } from './completion.ts';
import { configGet } from './config/get.ts';
import { configList } from './config/list.ts';
import { configPath } from './config/path.ts';
import { configSet } from './config/set.ts';
import { configValidate } from './config/validate.ts';
import { command, type Tree } from './framework/tree.ts';
import { help } from './help.ts';
import { orderNew } from './order/new.ts';
import { simulate } from './simulate.ts';
import { version } from './version.ts';
import { worker, workerRun } from './worker/run.ts';

/** Every command, in the order of the help. Only descriptors are loaded here; a handler is when its command runs. */
export const TREE: Tree = {
  nouns: [
    { name: 'order', summary: 'take orders, find them, change them' },
    { name: 'worker', summary: 'the background process: run it, see how it does' },
    { name: 'config', summary: 'settings: where they come from, and changing them' },
  ],
  commands: [
    command(orderNew, () => import('./order/new.handler.ts')),
    command(worker, () => import('./worker/run.handler.ts')),
    command(workerRun, () => import('./worker/run.handler.ts')),
    command(simulate, () => import('./simulate.handler.ts')),
    command(configList, () => import('./config/list.handler.ts')),
    command(configGet, () => import('./config/get.handler.ts')),
    command(configSet, () => import('./config/set.handler.ts')),
    command(configPath, () => import('./config/path.handler.ts')),
    command(configValidate, () => import('./config/validate.handler.ts')),
    command(completion, () => import('./completion.handler.ts')),
    command(version, () => import('./version.handler.ts')),
    command(help, () => import('./help.handler.ts')),
  ],
};
