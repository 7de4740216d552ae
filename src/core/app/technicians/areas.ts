import type { FileFault } from '../../codes/file-fault.ts';
import type { Store } from '../../ports/store.ts';
import type { Policy } from '../../rules/policy.ts';
import type { Technician } from '../../technicians/technician.ts';
import { iso } from '../../time/iso.ts';
import type { AreaFileRows } from '../../travel/area-file.ts';
import { readTravel } from '../../travel/read-travel.ts';
import { type Travel, travelOf } from '../../travel/travel.ts';
import type { AreaPlace, Leg, TravelData, TravelKind } from '../../travel/travel-data.ts';
import { fnv1a } from '../../values/fnv.ts';
import { nearest } from '../../values/nearest.ts';
import { allow } from '../allow.ts';
import { record } from '../audit.ts';
import { writer } from '../change-order.ts';
import type { AppDeps } from '../deps.ts';

/** What an import did. `oss.area-import/1` without its schema. */
export type ImportedAreas = {
  readonly kind: TravelKind;
  readonly status: 'imported' | 'already';
  /** A hash of the rows. */
  readonly version: string;
  readonly rows: number;
  /** Rows of that kind before; 0: there were none. */
  readonly before: number;
  /** Areas of technicians that no imported file knows: the way there is the constant. */
  readonly unknown: readonly string[];
  /** Areas of technicians whose name several imported areas have: no technician goes there from elsewhere. */
  readonly ambiguous: readonly AmbiguousArea[];
};

export type AmbiguousArea = { readonly area: string; readonly candidates: readonly string[] };

const versionOf = (rows: readonly unknown[]): string => {
  const text = JSON.stringify(rows);
  // Two hashes of other starts: 64 bits, so that two files hardly ever have one version.
  const [a, b] = [fnv1a(text), fnv1a(text, 0x2f6e2b1)];
  return a.toString(16).padStart(8, '0') + b.toString(16).padStart(8, '0');
};

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** In an order of their own, so that the same rows in another order are the same version. */
const sorted = (file: AreaFileRows): AreaFileRows =>
  file.kind === 'places'
    ? { ...file, rows: [...file.rows].sort((a, b) => byText(a.area, b.area)) }
    : { ...file, rows: [...file.rows].sort((a, b) => byText(a.from, b.from) || byText(a.to, b.to)) };

/** Replaces what was imported of that kind. The visits that stand already stay where they are. */
export const importAreas = async (
  deps: AppDeps,
  file: AreaFileRows,
  { dryRun }: { readonly dryRun?: boolean | undefined },
): Promise<ImportedAreas> => {
  await allow(deps, 'area import');
  return writer(
    deps,
    dryRun,
  )(async (tx) => {
    const { kind, rows } = sorted(file);
    const data = await tx.travel.data();
    const version = versionOf(rows);
    const status = data[kind]?.version === version ? 'already' : 'imported';
    if (status === 'imported') {
      const at = iso(deps.clock.now());
      const imported = { version, importedAt: at };
      if (kind === 'places') await tx.travel.put(kind, { ...imported, rows: rows as readonly AreaPlace[] });
      else await tx.travel.put(kind, { ...imported, rows: rows as readonly Leg[] });
      const detail = { version, rows: rows.length };
      await record(tx, deps, { action: 'area.import', subject: kind, detail });
    }
    const travel = travelOf(await tx.travel.data(), deps.policy);
    const served = (await tx.technicians.list()).flatMap(({ areas, base }) => [
      ...areas,
      ...(base ? [base] : []),
    ]);
    const before = data[kind]?.rows.length ?? 0;
    return { kind, status, version, rows: rows.length, before, ...unclear(served, travel) };
  });
};

/** What the imported areas do not tell about those that are served. */
export const unclear = (
  served: readonly string[],
  travel: Travel,
): Pick<ImportedAreas, 'unknown' | 'ambiguous'> => {
  const unknown: string[] = [];
  const ambiguous: AmbiguousArea[] = [];
  for (const area of [...new Set(served)].sort()) {
    const found = travel.find(area);
    if (found.kind === 'none') unknown.push(area);
    if (found.kind === 'several') ambiguous.push({ area, candidates: found.candidates });
  }
  return { unknown, ambiguous };
};

export type AreasStanding = Pick<ImportedAreas, 'unknown' | 'ambiguous'> & {
  /** null: nothing was imported. */
  readonly version: string | null;
  readonly areas: number;
  readonly technicians: number;
};

/** What is known of the ways in this database, and what is unclear about the areas of its technicians. */
export const areasStanding = ({
  store,
  policy,
}: {
  readonly store: Pick<Store, 'read'>;
  readonly policy: Policy;
}): Promise<AreasStanding> =>
  store.read(async (tx) => {
    const travel = await readTravel(tx, policy);
    const technicians = await tx.technicians.list();
    const served = servedAreas(technicians);
    return {
      technicians: technicians.length,
      version: travel.version,
      areas: travel.areas.length,
      ...unclear(served, travel),
    };
  });

const servedAreas = (technicians: readonly Technician[]): readonly string[] =>
  technicians.flatMap(({ areas, base }) => [
    ...areas,
    ...(base === undefined || base === null ? [] : [base]),
  ]);

export type UnknownBase = { readonly technicianId: string; readonly reason: FileFault };

/** Technicians whose base is no known area, or may be several. */
export const unknownBases = (
  { store, policy }: Pick<AppDeps, 'store' | 'policy'>,
  technicians: readonly Technician[],
): Promise<readonly UnknownBase[]> =>
  store.read(async (tx) => {
    const travel = await readTravel(tx, policy);
    const all = [...technicians, ...(await tx.technicians.list())];
    const served = new Set(all.flatMap(({ areas }) => areas));
    return technicians.flatMap(({ technicianId, base }): readonly UnknownBase[] => {
      if (base === undefined || base === null) return [];
      const found = travel.find(base);
      if (found.kind === 'several') {
        const { candidates } = found;
        return [{ technicianId, reason: { code: 'BASE_AMBIGUOUS', text: base, candidates } }];
      }
      if (found.kind === 'found' || served.has(base)) return [];
      const meant = nearest(base, [...served, ...travel.areas]);
      return [{ technicianId, reason: { code: 'BASE_UNKNOWN', text: base, meant } }];
    });
  });

/** An item of `oss.areas/1`. */
export type ListedArea = {
  readonly area: string;
  /** Degrees; null: only a matrix knows the area, or nothing does. */
  readonly lat: number | null;
  readonly lon: number | null;
  readonly group: string | null;
  /** The matrix has ways from or to it. */
  readonly inMatrix: boolean;
  /** Ids of those who serve it. */
  readonly technicianIds: readonly string[];
};

export type AreaList = {
  readonly items: readonly ListedArea[];
  readonly versions: { readonly [K in TravelKind]: string | null };
};

/** The imported areas, and those of the technicians that no file knows; by name. `served`: only where a technician goes. */
export const listAreas = (
  { store, policy }: Pick<AppDeps, 'store' | 'policy'>,
  { served }: { readonly served: boolean },
): Promise<AreaList> =>
  store.read(async (tx) => {
    const data = await tx.travel.data();
    const travel = travelOf(data, policy);
    const technicians = await tx.technicians.list();
    const places = new Map((data.places?.rows ?? []).map((place) => [place.area, place]));
    const inMatrix = new Set((data.matrix?.rows ?? []).flatMap(({ from, to }) => [from, to]));
    const { unknown } = unclear(
      technicians.flatMap(({ areas }) => areas),
      travel,
    );
    const items = [...travel.areas, ...unknown].sort().map((area): ListedArea => {
      const { lat = null, lon = null, group = null } = places.get(area) ?? {};
      const who = technicians.filter(({ areas }) => areas.some((one) => travel.isSame(one, area)));
      const technicianIds = who.map(({ technicianId }) => technicianId);
      return { area, lat, lon, group, inMatrix: inMatrix.has(area), technicianIds };
    });
    return {
      items: served ? items.filter(({ technicianIds }) => technicianIds.length > 0) : items,
      versions: versionsOf(data),
    };
  });

const versionsOf = ({ places, matrix }: TravelData): AreaList['versions'] => ({
  places: places?.version ?? null,
  matrix: matrix?.version ?? null,
});
