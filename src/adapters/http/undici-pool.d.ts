/**
 * The pool alone: the whole package takes 40 ms more to load, which every command that meets a peer would pay.
 * The version is pinned, and http-client.test.ts fails if the path moves.
 */
declare module 'undici/lib/dispatcher/pool.js' {
  import { Pool } from 'undici';

  export default Pool;
}
