import { textBlock } from '../adapters/terminal/blocks.ts';
import type { Handler } from './framework/context.ts';
import { object } from './framework/result.ts';
import type { version } from './version.ts';

export const run: Handler<typeof version> = async (ctx) =>
  object({
    schema: 'oss.version/1',
    data: {
      version: ctx.version,
      node: process.versions.node,
      platform: process.platform,
      arch: process.arch,
    },
    id: ctx.version,
    show: (data) => [textBlock(data.version)],
  });
