import type { CancelTask } from '../../order/client-terms.ts';
import { cancelOrder as decideCancel } from '../../order/decide.ts';
import { START } from '../../ports/cursor.ts';
import type { NewEvent } from '../../process/events.ts';
import { type OrderProcess, processOf } from '../../process/process.ts';
import type { CancelCode } from '../../rules/reason-codes.ts';
import { Refusal } from '../../rules/refusal.ts';
import { parseOrderId } from '../../values/order-id.ts';
import { MASKED, type Shown, shownText } from '../../views/personal.ts';
import { type Change, type ChangeOptions, changeOrder } from '../change-order.ts';
import type { AppDeps } from '../deps.ts';
import { putOptionalText } from '../put-text.ts';

/** What a client says when it wishes an order to be cancelled. */
export type CancelWish = Pick<ChangeOptions, 'key' | 'claim'> & {
  readonly client: string;
  readonly code: CancelCode;
  /** In the client's words. */
  readonly reason?: string | undefined;
};

/** A wish to cancel, assessed, and the order that it is about. */
export type AssessedCancel = { readonly task: CancelTask; readonly change: Change };

/**
 * Cancels an order if that is still possible. A wish that comes too late is assessed all the same: it stands on the log as
 * denied, and the order goes on untouched. Throws Refusal ORDER_NOT_FOUND, DENIED, KEY_CONFLICT.
 */
export const assessCancel = async (
  deps: AppDeps,
  orderId: string,
  { client, code, reason, ...options }: CancelWish,
): Promise<AssessedCancel> => {
  const content = { client, code, reason };
  const change = await changeOrder(
    deps,
    orderId,
    { ...options, command: 'order cancel', content },
    async (process, write) => {
      const told = await putOptionalText(deps, write, { orderId, text: reason });
      const taskId = `${orderId}-C${process.order.cancelTasks.length + 1}`;
      const { denied, events } = decided(process, code);
      const task = { taskId, client, code, ...told, ...(denied === null ? {} : { denied }) };
      return [...events, { type: 'CancellationAssessed', data: task }];
    },
  );
  const task = change.process.order.cancelTasks.at(-1);
  if (task === undefined) throw new Refusal('CANCEL_TASK_NOT_FOUND', { taskId: `${orderId}-C1` });
  return { task, change };
};

type Decided = { readonly denied: string | null; readonly events: readonly NewEvent[] };

/** A final word that is on the log already denies it; anything else that is wrong is the caller's. */
const decided = (process: OrderProcess, code: CancelCode): Decided => {
  try {
    return { denied: null, events: decideCancel(process, { code }) };
  } catch (error) {
    if (!(error instanceof Refusal) || error.kind !== 'conflict') throw error;
    return { denied: error.code, events: [] };
  }
};

/** A wish to cancel with its words, masked, and the order as it is now. */
export type ReadCancel = {
  readonly task: CancelTask;
  readonly reason: Shown | null;
  readonly process: OrderProcess;
};

/** One wish by its id. Throws Refusal CANCEL_TASK_NOT_FOUND. */
export const readCancel = async (deps: AppDeps, taskId: string): Promise<ReadCancel> => {
  const orderId = parseOrderId(taskId.replace(/-C\d+$/, ''));
  const all = orderId === null ? [] : await tasksOf(deps, orderId);
  const found = all.find(({ task }) => task.taskId === taskId);
  if (found === undefined) throw new Refusal('CANCEL_TASK_NOT_FOUND', { taskId });
  return found;
};

const tasksOf = ({ store }: AppDeps, orderId: string): Promise<readonly ReadCancel[]> =>
  store.read(async (tx) => {
    const process = processOf(orderId, await tx.events.load(orderId));
    const { cancelTasks } = process.order;
    const texts = await tx.vault.texts(cancelTasks.flatMap(({ textId = [] }) => textId));
    const contact = (await tx.vault.contacts([orderId])).get(orderId);
    return cancelTasks.map((task) => {
      const text = task.textId === undefined ? undefined : texts.get(task.textId);
      return { task, process, reason: text === undefined ? null : shownText(text, contact, MASKED) };
    });
  });

/** The wishes of one order, oldest first. Throws Refusal ORDER_NOT_FOUND. */
export const cancelsOf = async (deps: AppDeps, orderId: string): Promise<readonly ReadCancel[]> => {
  const isThere = await deps.store.read(async (tx) => (await tx.views.get(orderId)) !== null);
  if (!isThere) throw new Refusal('ORDER_NOT_FOUND', { orderId });
  return tasksOf(deps, orderId);
};

/** The wishes of all orders, oldest first, at most so many. */
export const allCancels = async (deps: AppDeps, limit: number): Promise<readonly ReadCancel[]> => {
  const events = await deps.store.read((tx) =>
    tx.events.page({ after: START, limit, types: ['CancellationAssessed'] }),
  );
  const found: ReadCancel[] = [];
  for (const event of events) {
    if (event.type === 'CancellationAssessed') found.push(await readCancel(deps, event.data.taskId));
  }
  return found;
};
