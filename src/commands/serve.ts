import { defineCommand } from './framework/parse/descriptor.ts';

export const serve = defineCommand({
  path: 'serve',
  summary: 'take orders and tell of them over HTTP, until Ctrl-C',
  details:
    'The same use cases as the commands, the same refusals, the same words; what there is stands at /openapi.json. ' +
    'It runs no steps, which is for workers: with --worker one runs in the same process. Any number of servers may share one database behind a proxy.\n\n' +
    'At SIGTERM or Ctrl-C /readyz says no while requests are still answered (serve.drainMs); then no connection is taken ' +
    'any more, what is under way is answered, and it ends. When there is too much to do, callers are told to come back ' +
    'later (503 or 429 with Retry-After): reads first, the intake of orders last.\n\n' +
    'TLS is for a proxy in front (serve.trustedProxies): beyond this machine it does not listen without one unless ' +
    'serve.allowHttp says so. docs/api.md.',
  flags: {
    listen: {
      type: 'text',
      placeholder: 'HOST:PORT',
      summary: 'where to listen; port 0: a free one (default serve.listen)',
    },
    worker: { type: 'boolean', summary: 'run the steps of all orders too' },
  },
  examples: [
    { line: 'serve' },
    { line: 'serve --worker', says: 'the whole operation in one process' },
    { line: 'serve --listen 127.0.0.1:8081', says: 'a second one beside it' },
  ],
  output: { kind: 'list', schema: 'oss.servers/1', fields: ['url', 'listen', 'worker'] },
  change: false,
});
