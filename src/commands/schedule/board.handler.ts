import { type Board, type BoardRow, readBoard } from '../../core/app/desk/read-board.ts';
import { toLocal } from '../../core/time/zone.ts';
import { list, type ObjectResult, object, watch } from '../framework/print/result.ts';
import type { CommandContext, Handler } from '../framework/run/context.ts';
import { everyChange } from '../status/watch.ts';
import type { scheduleBoard } from './board.ts';
import { boardBlocks, boardColumns, boardFoot, boardHead, onBoard } from './board-view.ts';

export const run: Handler<typeof scheduleBoard> = async (ctx, { flags }) => {
  const { services, terminal } = ctx;
  const store = await services.store('read');
  const deps = { store, policy: services.policy, clock: services.clock };
  const read = (): Promise<Board> =>
    readBoard(deps, { date: flags.date ?? toLocal(ctx.now(), ctx.view.tz).date, area: flags.area });
  if (flags.watch && terminal.stdoutTty) return watch({ frames: frames(ctx, read) });
  const board = await read();
  return list<BoardRow>({
    schema: 'oss.board/1',
    items: ctx.format === 'table' ? board.items.filter(onBoard) : board.items,
    id: ({ technicianId }) => technicianId,
    extra: extraOf(board),
    empty: ctx.t.technicians.empty,
    head: (view) => boardHead(board, view),
    foot: (view) => boardFoot(board, view),
    columns: boardColumns(board, ctx.view),
  });
};

const extraOf = ({ date, unassigned, moreUnassigned }: Board) => ({ date, unassigned, moreUnassigned });

async function* frames(ctx: CommandContext, read: () => Promise<Board>): AsyncGenerator<ObjectResult> {
  for await (const _ of everyChange(ctx, { timeout: undefined })) yield frame(await read());
}

const frame = (board: Board): ObjectResult =>
  object({
    schema: 'oss.board/1',
    data: { ...extraOf(board), items: board.items, nextCursor: null },
    id: board.date,
    show: (_data, view) => boardBlocks(board, view),
  });
