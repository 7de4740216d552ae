import { textBlock } from '../faces/cli/terminal/blocks.ts';
import { object } from './framework/print/result.ts';
import type { Handler } from './framework/run/context.ts';
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
