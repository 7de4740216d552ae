/**
 * The client of one connection alone: the whole package takes 40 ms more to load, which every command that meets a peer
 * would pay. Without the package's index it has no `request` and the like, so only what it has is declared. The version
 * is pinned, and http-client.test.ts fails if the path moves.
 */
declare module 'undici/lib/dispatcher/client.js' {
  import type { Dispatcher, Client as UndiciClient } from 'undici';

  export default class Client {
    constructor(origin: string, options: UndiciClient.Options);
    dispatch: Dispatcher['dispatch'];
    destroy(): Promise<void>;
  }
}
