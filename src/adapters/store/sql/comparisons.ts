import { readCause } from '../../../core/codes/cause.ts';
import { readDifference } from '../../../core/codes/difference.ts';
import type { Finding } from '../../../core/peers/finding.ts';
import type { Comparison, Comparisons, KeptFinding } from '../../../core/ports/comparisons.ts';
import { cursorAt, readEpochs } from './epochs.ts';
import { parseDoc } from './json-column.ts';
import { query, type Values } from './query.ts';
import type { Session } from './session.ts';

const getLast = query((db, _: Values) => db.selectFrom('comparison').selectAll());
const putLast = query((db, p: { beganAt: number; owner: string; endedAt: number | null; doc: string }) => {
  const columns = { began_at: p.beganAt, owner: p.owner, ended_at: p.endedAt, doc: p.doc };
  return db
    .insertInto('comparison')
    .values({ id: 1, ...columns })
    .onConflict((conflict) => conflict.column('id').doUpdateSet(columns));
});

type Named = { kind: string; key: string; neId: string };

const allFindings = query((db, _: Values) =>
  db.selectFrom('findings').selectAll().orderBy('since').orderBy('key').orderBy('ne_id').orderBy('kind'),
);
const putFinding = query((db, p: Named & { since: number; doc: string }) =>
  db
    .insertInto('findings')
    .values({ kind: p.kind, key: p.key, ne_id: p.neId, since: p.since, doc: p.doc })
    .onConflict((conflict) => conflict.columns(['kind', 'key', 'ne_id']).doUpdateSet({ doc: p.doc })),
);
const removeFinding = query((db, p: Named) =>
  db.deleteFrom('findings').where('kind', '=', p.kind).where('key', '=', p.key).where('ne_id', '=', p.neId),
);
const getLooked = query((db, _: Values) => db.selectFrom('after_looks').select('position'));
const setLooked = query((db, p: { position: number }) =>
  db.updateTable('after_looks').set({ position: p.position }),
);

const named = ({ kind, key, neId }: Pick<Finding, 'kind' | 'key' | 'neId'>): Named => ({
  kind,
  key,
  neId: neId ?? '',
});

/** What is remembered of comparing the peers with the log. */
export const sqlComparisons = (session: Session): Comparisons => {
  const findings = async (): Promise<readonly KeptFinding[]> =>
    (await session.all(allFindings, {})).map(({ key, since, doc }) => {
      const finding = parseDoc<Finding>(session, ['finding', key], doc);
      return { ...finding, detail: readDifference(finding.detail), since };
    });
  return {
    last: async () => {
      const row = await session.one(getLast, {});
      if (row === undefined) return null;
      const doc = parseDoc<Comparison>(session, ['comparison'], row.doc);
      return {
        ...doc,
        gaps: doc.gaps.map(({ part, why }) => ({ part, why: readCause(why) })),
        failure: doc.failure === null ? null : readCause(doc.failure),
        beganAt: row.began_at,
        owner: row.owner,
        endedAt: row.ended_at,
      };
    },
    put: async (comparison) => {
      const { beganAt, owner, endedAt } = comparison;
      await session.run(putLast, { beganAt, owner, endedAt, doc: JSON.stringify(comparison) });
    },
    findings,
    keep: async (kept, now) => {
      for (const finding of kept) {
        await session.run(putFinding, { ...named(finding), since: now, doc: JSON.stringify(finding) });
      }
    },
    keepOnly: async (kept) => {
      const stays = new Set(kept.map((finding) => JSON.stringify(named(finding))));
      for (const finding of await findings()) {
        if (!stays.has(JSON.stringify(named(finding)))) await session.run(removeFinding, named(finding));
      }
    },
    lookedAfter: async () => {
      const position = (await session.one(getLooked, {}))?.position ?? 0;
      return cursorAt(await readEpochs(session), position);
    },
    // Of this database: its position is its number.
    setLookedAfter: async ({ n }) => {
      await session.run(setLooked, { position: n });
    },
  };
};
