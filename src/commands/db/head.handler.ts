import { resolve } from 'node:path';
import { type SignedHead, signedHeadText } from '../../core/ports/audit.ts';
import { textBlock } from '../../faces/cli/terminal/blocks.ts';
import { object } from '../framework/print/result.ts';
import type { Handler } from '../framework/run/context.ts';
import { EXIT } from '../framework/run/exit-codes.ts';
import { Failed } from '../framework/run/failure.ts';
import type { dbHead } from './head.ts';

export const run: Handler<typeof dbHead> = async ({ services, t }, { flags }) => {
  const sign = flags.sign === undefined ? null : await services.signer(resolve(flags.sign));
  const database = await services.database('read', { asFound: true });
  const { head, audit, problems, problemCount } = await database.verify();
  const [first] = problems;
  if (first !== undefined) {
    const why = t.db.problem(first.problem);
    throw new Failed('NOT_WHOLE', EXIT.refused, {
      what: t.db.problems(problemCount),
      why,
      next: t.db.next.restore,
    });
  }
  const { position, digest } = head;
  const told = { at: new Date(services.clock.now()).toISOString(), position, digest, audit };
  const data: SignedHead = { ...told, signature: sign === null ? null : sign(signedHeadText(told)) };
  return object({
    schema: 'oss.head/1',
    data,
    id: `${position}:${digest}`,
    show: () => [textBlock(`${position}:${digest}`)],
    notes: [t.db.keepHead],
  });
};
