/**
 * The pool alone: the whole package takes 40 ms more to load, which every command that meets a peer would pay.
 * Without the package's index it has no `request` and the like, so only what it has is declared. The version is pinned,
 * and http-client.test.ts fails if the path moves.
 */
declare module 'undici/lib/dispatcher/pool.js' {
  import type { Dispatcher, Pool as UndiciPool } from 'undici';

  export default class Pool {
    constructor(origin: string, options: UndiciPool.Options);
    dispatch: Dispatcher['dispatch'];
    destroy(): Promise<void>;
  }
}
