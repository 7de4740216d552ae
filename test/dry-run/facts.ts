// biome-ignore lint/suspicious/noExplicitAny: the answers of every command have no common type
type Json = any;

/**
 * What a command decides by itself, out of its answer: the part that a rehearsal must foretell. What the network and the
 * desk then answer is not known before.
 */
export const factsOf = (answer: Json): unknown => {
  switch (answer.schema) {
    case 'oss.results/1':
      return answer.items.map(({ orderId, status, code }: Json) => ({ orderId, status, code }));
    case 'oss.order/1': {
      const { orderId, key, priority, area, internetCount, tvCount, customer, cancel, result, returnCode } =
        answer;
      return {
        ...{ orderId, key, priority, area, internetCount, tvCount, customer, returnCode },
        cancel: cancel?.code ?? null,
        result: result && { ...result, occurredAt: null },
        notes: answer.notes.map(({ text }: Json) => text),
      };
    }
    case 'oss.plan/1':
      return answer.items.map(({ orderId, status, start, technicianId, code, why }: Json) => ({
        ...{ orderId, start, technicianId, code, why },
        // What would be held is planned.
        status: status === 'held' ? 'planned' : status,
      }));
    case 'oss.technician-off/1':
      return { items: answer.items.map((item: Json) => ({ ...item, message: null })), status: answer.status };
    case 'oss.technician/1':
    case 'oss.technician-import/1':
    case 'oss.area-import/1':
      return answer;
    case 'oss.batch/1':
      return {
        failed: answer.failures.map(({ line, code }: Json) => ({ line, code })),
        rows: answer.rows,
        skipped: answer.skipped,
        already: answer.already,
      };
    default:
      throw new Error(`no facts of ${answer.schema} are named`);
  }
};
