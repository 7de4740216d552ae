// The floor of placing over HTTP: a bare Fastify that does the same durable write: node serve.mjs <library> <folder>
import { join } from 'node:path';
import fastify from 'fastify';
import { openFloor } from './database.mjs';

const [library, folder] = process.argv.slice(2);
const { initial } = await import(library);
const floor = openFloor(join(folder, 'floor.db'), initial);
const app = fastify({ logger: false });
app.post('/orders', async (request, reply) => {
  const order = floor.write(() => floor.place(request.body));
  return reply.code(201).send({ id: order.id });
});
const url = await app.listen({ port: 0, host: '127.0.0.1' });
process.stdout.write(`${url}\n`);
process.on('SIGTERM', () => {
  floor.close();
  process.exit(0);
});
