import type { Envelope } from '../process/events.ts';

/** Service key -> every id that the NE ever gave for it; also where the log has no more than a request, or a supposed one. */
export type EverTold = ReadonlyMap<string, ReadonlySet<string>>;

/** From the stream of one order: its state forgets the ids of what is over, and a network that is restored does not. */
export const everTold = (events: readonly Envelope[]): EverTold => {
  const told = new Map<string, Set<string>>();
  for (const event of events) {
    for (const known of toldIn(event)) {
      const ids = told.get(known.key) ?? new Set();
      for (const id of known.ids) ids.add(id);
      told.set(known.key, ids);
    }
  }
  return told;
};

type ToldIn = { readonly key: string; readonly ids: readonly string[] };

/** The services at the NE that an event tells of. */
const toldIn = (event: Envelope): readonly ToldIn[] => {
  switch (event.type) {
    case 'ServiceRequested':
      return [{ key: event.data.key, ids: [] }];
    case 'HistoryMayBeLost':
      return event.data.asked.map((key) => ({ key, ids: [] }));
    case 'ServiceInDoubt':
      return [{ key: event.data.key, ids: event.data.told === undefined ? [] : [event.data.told.neId] }];
    case 'ServiceActivated':
      return [{ key: event.data.key, ids: [event.data.neId] }];
    case 'ServiceFound':
      return [{ key: event.data.key, ids: [event.data.neId, ...(event.data.duplicates ?? [])] }];
    default:
      return [];
  }
};
