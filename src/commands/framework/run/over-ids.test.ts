import { describe, expect, it } from 'vitest';
import { Refusal } from '../../../core/rules/refusal.ts';
import { runCli } from '../../../testing/cli/run-cli.ts';
import { validateOutput } from '../../../testing/cli/validate-output.ts';
import { defineCommand } from '../parse/descriptor.ts';
import type { Tree } from './context.ts';
import { type ChangeOutcome, overIds } from './over-ids.ts';
import { command } from './tree.ts';

const spec = defineCommand({
  path: 'many',
  summary: 'change many',
  args: { ids: { type: 'order-id', repeat: true, required: true, summary: 'ids' } },
  examples: [],
  output: { kind: 'list', schema: 'oss.results/1' },
  change: true,
  needs: 'nothing',
});

const changed: string[] = [];
const change = async (orderId: string): Promise<ChangeOutcome> => {
  if (orderId === 'ORD-000003') throw new Refusal('ORDER_NOT_FOUND', { orderId });
  changed.push(orderId);
  return { status: 'done', message: 'fine', ...(orderId === 'ORD-000008' ? { exit: 8 } : {}) };
};
const check = async (orderId: string): Promise<void> => {
  if (orderId === 'ORD-000666') throw new Refusal('ORDER_NOT_FOUND', { orderId });
};

const TREE: Tree = {
  nouns: [],
  commands: [
    command(spec, async () => ({ run: (ctx, { args }) => overIds(ctx, args.ids, { check, change }) })),
  ],
};
const many = (...ids: readonly string[]) => runCli(['many', ...ids, '--json'], { tree: TREE });

describe('overIds', () => {
  it('answers oss.results/1', async () => {
    const { exitCode, json } = await many('1', '2', '1');
    expect(exitCode).toBe(0);
    expect(validateOutput('oss.results/1', json())).toEqual([]);
    expect(json()).toMatchObject({ items: [{ orderId: 'ORD-000001' }, { orderId: 'ORD-000002' }] });
  });

  it('is 7 when some of many failed, and the others are done', async () => {
    const { exitCode, json, stderr } = await many('1', '3', '2');
    expect(exitCode).toBe(7);
    expect(json()).toMatchObject({
      items: [{ status: 'done' }, { status: 'failed', code: 'ORDER_NOT_FOUND' }, { status: 'done' }],
    });
    expect(stderr).toContain('1 of 3 failed');
  });

  it('keeps the exit code of a single id', async () => {
    expect((await many('3')).exitCode).toBe(3);
    expect((await many('3')).stdout).toBe('');
    expect((await many('8')).exitCode).toBe(8);
    expect((await many('8', '1')).exitCode).toBe(0);
  });

  it('checks all before it changes the first', async () => {
    changed.length = 0;
    expect((await many('1', '666')).exitCode).toBe(3);
    expect(changed).toEqual([]);
  });
});
