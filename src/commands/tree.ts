import { completion } from './completion.ts';
import { configGet } from './config/get.ts';
import { configList } from './config/list.ts';
import { configPath } from './config/path.ts';
import { configSet } from './config/set.ts';
import { configValidate } from './config/validate.ts';
import { command, type Tree } from './framework/tree.ts';
import { help } from './help.ts';
import { version } from './version.ts';

/** Every command, in the order of the help. Only descriptors are loaded here; a handler is when its command runs. */
export const TREE: Tree = {
  nouns: [{ name: 'config', summary: 'settings: where they come from, and changing them' }],
  commands: [
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
