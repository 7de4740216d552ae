import type { Cell } from '../faces/cli/terminal/blocks.ts';
import { widthsFor } from '../faces/cli/terminal/width.ts';
import type { Texts } from '../texts/catalogue.ts';
import { type Act, acts, type Beat, EPILOGUE, PROLOGUE } from './demo/act.ts';
import { type Compared, compareOrders } from './demo/compare.ts';
import { type House, openHouse } from './demo/house.ts';
import type { demo } from './demo.ts';
import { list } from './framework/print/result.ts';
import type { CommandContext, Handler } from './framework/run/context.ts';
import { EXIT } from './framework/run/exit-codes.ts';

/** One line of the play: an item of `oss.demo/1`. */
type Line = {
  /** 0: before and after the acts. */
  readonly act: number;
  readonly kind: 'title' | 'says' | 'command' | 'output' | 'beside' | 'verdict';
  readonly text: string;
  /** Of verdicts and services. */
  readonly ok: boolean | null;
};

/** On a terminal a person reads along, ms after each command. */
const TO_READ_MS = 600;

export const run: Handler<typeof demo> = async (ctx, { flags }) => {
  const failures: string[] = [];
  return list<Line>({
    schema: 'oss.demo/1',
    items: wrapped(ctx, play(ctx, { keep: flags.keep, act: flags.act, failures })),
    id: ({ text }) => text,
    columns: [{ title: 'TEXT', drop: 0, cell: lineCell }],
    line: lineCell,
    exitAtEnd: () => (failures.length === 0 ? EXIT.done : EXIT.refused),
  });
};

const lineCell = ({ kind, text, ok }: Line): Cell => {
  switch (kind) {
    case 'title':
      return { text, tone: 'title' };
    case 'command':
      return { text, tone: 'strong' };
    case 'says':
      return { text, tone: 'dim' };
    case 'verdict':
      return { text, tone: ok === false ? 'bad' : 'good' };
    case 'beside':
      return { text, tone: ok === false ? 'bad' : 'plain' };
    case 'output':
      return text;
  }
};

type Play = { readonly keep: boolean; readonly act: number | undefined; readonly failures: string[] };

async function* play(ctx: CommandContext, { keep, act: only, failures }: Play): AsyncGenerator<Line> {
  const t = ctx.t.demo;
  const house = await openHouse(ctx);
  const startedAt = performance.now();
  try {
    yield line(0, 'says', t.where(house.folder));
    yield* perform(house, { ctx, number: 0, beats: PROLOGUE, failures });
    for (const { act, number } of acts(t, only)) {
      yield line(number, 'output', '');
      yield line(number, 'title', t.act(number, act.title));
      yield* perform(house, { ctx, number, beats: act.beats, failures });
      if (ctx.signal.aborted) return;
      yield line(number, 'output', '');
      yield* besides(house, { texts: ctx.t, number, act, failures });
      await untilRead(ctx);
    }
    yield line(0, 'output', '');
    yield line(0, 'title', t.end);
    yield* perform(house, { ctx, number: 0, beats: EPILOGUE, failures });
    const seconds = Math.round((performance.now() - startedAt) / 1000);
    yield line(
      0,
      'verdict',
      failures.length === 0 ? t.good(seconds) : t.bad(failures),
      failures.length === 0,
    );
    if (keep) yield line(0, 'says', t.kept(house.folder));
  } finally {
    if (!keep) await house.remove();
  }
}

/** On a terminal the next act begins when the person has read this one. */
const untilRead = async ({ prompts, globals, t }: CommandContext): Promise<void> => {
  if (prompts.possible && !globals.yes) await prompts.input({ message: t.demo.goOn });
};

async function* wrapped(ctx: CommandContext, lines: AsyncGenerator<Line>): AsyncGenerator<Line> {
  for await (const item of lines) yield* await told(ctx, item);
}

/** Words are not cut where the terminal ends; what commands print is laid out already. */
const told = async (ctx: CommandContext, item: Line): Promise<readonly Line[]> => {
  if (item.kind === 'output' || item.kind === 'command') return [item];
  const { wrap } = await widthsFor([item.text]);
  return wrap(item.text, ctx.terminal.width).map((text) => ({ ...item, text }));
};

const line = (act: number, kind: Line['kind'], text: string, ok: boolean | null = null): Line => ({
  act,
  kind,
  text,
  ok,
});

type Performance = {
  readonly ctx: CommandContext;
  readonly number: number;
  readonly beats: readonly Beat[];
  readonly failures: string[];
};

/** Runs the beats one after the other, and tells what would be seen on a terminal. */
async function* perform(house: House, { ctx, number, beats, failures }: Performance): AsyncGenerator<Line> {
  for (const beat of beats) {
    if (ctx.signal.aborted) return;
    if ('until' in beat) house.until(beat.until);
    else if ('says' in beat) {
      yield line(number, 'output', '');
      yield line(number, 'says', `# ${beat.says}`);
    } else {
      yield line(number, 'output', '');
      yield line(number, 'command', `$ ${beat.line}`);
      const { exit, output } = await house.play(beat.line);
      for (const text of output.trimEnd().split('\n')) yield line(number, 'output', text);
      const ok = (beat.exit ?? [EXIT.done]).includes(exit);
      if (!ok) failures.push(ctx.t.demo.wrongExit(beat.line, exit));
      if (!ok) yield line(number, 'verdict', ctx.t.demo.wrongExit(beat.line, exit), false);
      else if (beat.exit !== undefined) yield line(number, 'says', `# ${ctx.t.demo.exit(exit)}`);
      if (ctx.terminal.stdoutTty) await house.pause(TO_READ_MS);
    }
  }
}

/** The log beside the ledger of the simulated network. */
async function* besides(
  house: House,
  { texts, number, act, failures }: { texts: Texts; number: number; act: Act; failures: string[] },
): AsyncGenerator<Line> {
  const t = texts.demo;
  const compared = await house.open((services) => compareOrders(services, act.endings));
  for (const order of compared) {
    yield line(number, 'says', `# ${t.beside}`);
    for (const { key, log, ne, created, ok } of order.services) {
      yield line(number, 'beside', t.service({ key, log, ne, created, ok }), ok);
    }
    if (!order.ok) failures.push(t.differs(order.orderId, texts.stages.stage[order.stage]));
    yield line(number, 'verdict', verdict(texts, order), order.ok);
  }
}

const verdict = ({ demo, stages }: Texts, { orderId, stage, ok, services }: Compared): string => {
  const orphans = services.filter((service) => !service.ok).length;
  const told = stages.stage[stage];
  return ok ? demo.same(orderId, told) : demo.orphans(orderId, told, orphans);
};
