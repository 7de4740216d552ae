import type { NeService } from '../../core/ports/peers.ts';

/** One service that the NE has, or had. Times are epoch ms. */
export type KeptService = {
  /** As it was when it was made. */
  readonly service: NeService;
  /** The key in the request that made it, whatever the NE calls it. */
  readonly asked: string;
  readonly createdAt: number;
  terminatedAt: number | null;
  /** From when on nothing shows it any more: its id is another's, or the NE was restored to before it; null: it is there. */
  goneAt: number | null;
  /** Restored to before it. */
  undone: boolean;
};

export type KeepOptions = {
  /** A terminated service is shown no more. */
  readonly forgets: boolean;
  /** The id of a terminated service is given to the next one. */
  readonly reusesIds: boolean;
};

/** Every service that the NE ever had, with what was seen of it at any moment. */
export type KeptServices = {
  readonly add: (asked: string, at: number, make: (neId: string, number: number) => NeService) => KeptService;
  readonly end: (row: KeptService, at: number) => void;
  readonly all: () => readonly KeptService[];
  /** By the name that the NE gave it. */
  readonly named: (name: string) => readonly KeptService[];
  /** By the key in the request, without what a backup has undone. */
  readonly asked: (key: string) => readonly KeptService[];
  readonly rowAt: (neId: string, seenAt: number) => KeptService | undefined;
  /** Those that were shown at that moment, as they were then. */
  readonly at: (seenAt: number, rows: readonly KeptService[]) => readonly NeService[];
  readonly backup: () => (at: number) => void;
};

/** As a read of that moment shows it. */
export const stateAt = ({ service, terminatedAt }: KeptService, seenAt: number): NeService => {
  const isOver = terminatedAt !== null && terminatedAt <= seenAt;
  return isOver ? { ...service, state: 'terminated' } : service;
};

export const keptServices = ({ forgets, reusesIds }: KeepOptions): KeptServices => {
  const rows: KeptService[] = [];
  const byId = new Map<string, KeptService[]>();
  const byName = new Map<string, KeptService[]>();
  const byAsked = new Map<string, KeptService[]>();
  let number = 0;
  let freed: string[] = [];

  const put = (map: Map<string, KeptService[]>, key: string, row: KeptService): void => {
    const known = map.get(key);
    if (known === undefined) map.set(key, [row]);
    else known.push(row);
  };
  const isShown = (row: KeptService, seenAt: number): boolean => {
    const { createdAt, terminatedAt, goneAt } = row;
    if (createdAt > seenAt || (goneAt !== null && goneAt <= seenAt)) return false;
    return !(forgets && terminatedAt !== null && terminatedAt <= seenAt);
  };

  return {
    add: (asked, at, make) => {
      const reused = freed.shift();
      if (reused === undefined) number += 1;
      const neId = reused ?? `NE-${String(number).padStart(6, '0')}`;
      for (const before of byId.get(neId) ?? []) before.goneAt ??= at;
      const service = make(neId, number);
      const row: KeptService = {
        service,
        asked,
        createdAt: at,
        terminatedAt: null,
        goneAt: null,
        undone: false,
      };
      rows.push(row);
      put(byId, neId, row);
      put(byName, service.key, row);
      put(byAsked, asked, row);
      return row;
    },
    end: (row, at) => {
      if (row.terminatedAt !== null) return;
      row.terminatedAt = at;
      if (reusesIds) freed.push(row.service.neId);
    },
    all: () => rows,
    named: (name) => byName.get(name) ?? [],
    asked: (key) => (byAsked.get(key) ?? []).filter(({ undone }) => !undone),
    rowAt: (neId, seenAt) => byId.get(neId)?.findLast((row) => isShown(row, seenAt)),
    at: (seenAt, some) => {
      const shown: NeService[] = [];
      for (const row of some) if (isShown(row, seenAt)) shown.push(stateAt(row, seenAt));
      return shown;
    },
    backup: () => {
      const saved = { number, freed: [...freed], rows: rows.map((row) => ({ row, was: { ...row } })) };
      return (at) => {
        const kept = new Set(saved.rows.map(({ row }) => row));
        for (const row of rows) {
          if (kept.has(row)) continue;
          row.goneAt ??= at;
          row.undone = true;
        }
        for (const { row, was } of saved.rows) {
          row.terminatedAt = was.terminatedAt;
          row.goneAt = was.goneAt;
          row.undone = was.undone;
        }
        number = saved.number;
        freed = [...saved.freed];
      };
    },
  };
};
