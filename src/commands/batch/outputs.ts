import { journalRows } from '../../core/app/batch/journal.ts';
import type { BatchSummary } from '../../core/app/batch/read-batches.ts';
import type { BatchFile } from '../../core/ports/batch-file.ts';
import { Refusal } from '../../core/rules/refusal.ts';
import { inWords } from '../../texts/coded.ts';
import type { CommandContext } from '../framework/run/context.ts';
import { type ReportFormat, reportFormat, reportText } from './report.ts';

/** Files that a run writes at its end, from the journal: all of the batch, also when it was gone on with. */
export type BatchOutputs = {
  readonly write: (summary: BatchSummary) => Promise<void>;
};

/** The caller wants no file. */
export const NO_OUTPUTS: BatchOutputs = { write: async () => {} };

type OutputFlags = { readonly report: readonly string[]; readonly failedOut: readonly string[] };

/** Refuses files that could not be written in the end, before anything is done. Throws BAD_VALUE. */
export const checkOutputs = async (
  ctx: CommandContext,
  { report, failedOut }: OutputFlags,
  input: BatchFile,
): Promise<BatchOutputs> => {
  const { t } = ctx;
  const files = await ctx.services.batchFiles();
  const refuse = (flag: string, value: string, text: string): never => {
    throw new Refusal('BAD_VALUE', { flag, value, expected: { code: 'IN_WORDS', text } });
  };
  const taken: string[] = [input.path];
  const check = (flag: string, value: string): string => {
    const { path, problem } = files.output(value);
    if (problem !== null) refuse(flag, value, t.batch.usage.unfitFile(inWords(t.fileFaults, problem)));
    if (taken.some((other) => files.isSame(other, path))) refuse(flag, value, t.batch.usage.sameFile);
    taken.push(path);
    return path;
  };
  const formatOf = (value: string): ReportFormat =>
    reportFormat(value) ?? refuse('--report', value, t.batch.usage.reportName);
  const reports = report.map((value) => ({ format: formatOf(value), path: check('--report', value) }));
  const failedPaths = failedOut.map((value) => check('--failed-out', value));

  return {
    write: async (summary) => {
      const store = await ctx.services.store('write');
      const { batchId } = summary;
      for (const { format, path } of reports) {
        await files.write(path, reportText(format, summary, journalRows(store, batchId)));
        await ctx.note(t.batch.reportWritten(path));
      }
      for (const path of failedPaths) {
        const written = await files.writeFailed(path, input, journalRows(store, batchId, ['failed']));
        await ctx.note(t.batch.failedWritten(path, written));
      }
    },
  };
};
