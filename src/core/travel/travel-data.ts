import type { Place } from './great-circle.ts';

/** Where an area is: the middle of it. */
export type AreaPlace = Place & {
  readonly area: string;
  /** Areas that are apart from all others, such as an island; null: the mainland. */
  readonly group: string | null;
};

/** Minutes of driving from one area to another. */
export type Leg = { readonly from: string; readonly to: string; readonly minutes: number };

/** One imported file. `version`: a hash of its rows, the same for the same rows. `importedAt`: UTC ISO. */
type Imported<Row> = {
  readonly version: string;
  readonly importedAt: string;
  readonly rows: readonly Row[];
};

/** What was imported about areas; null: nothing of that kind. */
export type TravelData = {
  readonly places: Imported<AreaPlace> | null;
  readonly matrix: Imported<Leg> | null;
};

export type TravelKind = keyof TravelData;

export const NO_TRAVEL_DATA: TravelData = { places: null, matrix: null };

/** Which data a choice was made with, as it stands in its reasons; null: none, the way is the constant. */
export const travelVersion = ({ places, matrix }: TravelData): string | null =>
  places === null && matrix === null
    ? null
    : [places, matrix].flatMap((one) => (one === null ? [] : [one.version])).join('+');
