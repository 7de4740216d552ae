import type { Finding } from '../../core/peers/finding.ts';
import type { Comparison, Comparisons, KeptFinding } from '../../core/ports/comparisons.ts';
import { type Cursor, START } from '../../core/ports/cursor.ts';
import { byText } from './by-id.ts';
import { type UndoLog, undoableMap } from './undo-log.ts';

const nameOf = ({ kind, key, neId }: Finding): string => JSON.stringify([kind, key, neId ?? '']);

export const memoryComparisons = (log: UndoLog): Comparisons => {
  const last = undoableMap<Comparison>(log);
  const kept = undoableMap<KeptFinding>(log);
  const looked = undoableMap<Cursor>(log);
  return {
    last: async () => last.get('') ?? null,
    put: async (comparison) => last.set('', comparison),
    findings: async () =>
      [...kept.values()].sort(
        (a, b) =>
          a.since - b.since ||
          byText(a.key, b.key) ||
          byText(a.neId ?? '', b.neId ?? '') ||
          byText(a.kind, b.kind),
      ),
    keep: async (findings, now) => {
      for (const finding of findings) {
        const name = nameOf(finding);
        kept.set(name, { ...finding, since: kept.get(name)?.since ?? now });
      }
    },
    keepOnly: async (findings) => {
      const stays = new Set(findings.map(nameOf));
      for (const name of [...kept.keys()]) if (!stays.has(name)) kept.remove(name);
    },
    lookedAfter: async () => looked.get('') ?? START,
    setLookedAfter: async (cursor) => looked.set('', cursor),
  };
};
