import { createServer } from 'node:http';

/** An appointment as this desk keeps it. */
export type DeskAppointment = {
  readonly id: string;
  readonly externalId: string;
  status: 'initialized' | 'confirmed' | 'cancelled' | 'completed' | 'failed';
  validFor: { readonly startDateTime: string; readonly endDateTime: string };
  /** `performance.now()` from when reads know of it. */
  knownFrom: number;
};

/** How this desk behaves. */
export type DeskWays = {
  /** Calls are in its books only so much later, and are not answered. ms; 0: at once. */
  recordsAfterMs: number;
  /** It keeps times on a grid of its own: what lies between goes back to the last point of it. ms */
  gridMs: number;
  /** It changes nothing and answers 409. */
  conflicts: boolean;
  /** Searches stay `inProgress` until they are read so often. */
  searchReads: number;
};

/** An outbound-call desk with a will of its own. Its customers agree at once. */
export type WorldDesk = {
  readonly url: string;
  readonly ways: DeskWays;
  readonly appointments: () => readonly DeskAppointment[];
  /** How often the phone rang for an order. */
  readonly rings: () => number;
  readonly searches: () => number;
  /** It comes to write down what it did so far. */
  readonly writeDown: () => void;
  /** The customer rang the desk: it does as it is told, and says nothing to anybody. */
  readonly cancel: (id: string) => void;
  readonly move: (id: string, byMs: number) => void;
  readonly forget: (id: string) => void;
  /** It is moved to another system, which gives each appointment a new id; the calls that led to them stay. */
  readonly migrate: () => void;
  readonly close: () => Promise<void>;
};

const BASE = '/tmf-api/appointment/v4';
const HOUR = 3_600_000;

export const worldDesk = async (given: Partial<DeskWays> = {}): Promise<WorldDesk> => {
  const ways: DeskWays = { recordsAfterMs: 0, gridMs: 1, conflicts: false, searchReads: 0, ...given };
  let kept: DeskAppointment[] = [];
  const searches = new Map<string, { reads: number; body: object }>();
  let rings = 0;

  const show = ({ id, externalId, status, validFor }: DeskAppointment): object => ({
    id,
    externalId,
    status,
    validFor,
  });
  const onGrid = ({
    startDateTime,
    endDateTime,
  }: DeskAppointment['validFor']): DeskAppointment['validFor'] => {
    const start = Date.parse(startDateTime);
    const byMs = start % ways.gridMs;
    return { startDateTime: moved(startDateTime, -byMs), endDateTime: moved(endDateTime, -byMs) };
  };
  const known = (): readonly DeskAppointment[] =>
    kept.filter(({ knownFrom }) => knownFrom <= performance.now());
  const slotsBetween = (from: number, to: number): readonly object[] => {
    const slots: object[] = [];
    for (let start = Math.ceil(from / HOUR) * HOUR; start + 2 * HOUR <= to; start += HOUR) {
      slots.push({
        validFor: {
          startDateTime: new Date(start).toISOString(),
          endDateTime: new Date(start + 2 * HOUR).toISOString(),
        },
      });
    }
    return slots;
  };

  type Answer = { readonly status: number; readonly body: unknown } | null;
  const search = (body: {
    readonly requestedTimeSlot: readonly {
      readonly validFor: { startDateTime: string; endDateTime: string };
    }[];
    readonly relatedEntity: unknown;
  }): Answer => {
    const id = `S-${searches.size + 1}`;
    const { startDateTime = '', endDateTime = '' } = body.requestedTimeSlot[0]?.validFor ?? {};
    const done = {
      id,
      status: 'done',
      relatedEntity: body.relatedEntity,
      availableTimeSlot: slotsBetween(Date.parse(startDateTime), Date.parse(endDateTime)),
    };
    searches.set(id, { reads: 0, body: done });
    return { status: 201, body: ways.searchReads === 0 ? done : { id, status: 'inProgress' } };
  };
  const handle = (method: string, url: URL, text: string): Answer => {
    const path = url.pathname.slice(BASE.length);
    if (path === '/searchTimeSlot') return search(JSON.parse(text));
    if (path.startsWith('/searchTimeSlot/')) {
      const found = searches.get(path.slice('/searchTimeSlot/'.length));
      if (found === undefined) return { status: 404, body: { code: '404', reason: 'no such search' } };
      found.reads += 1;
      const { id } = found.body as { id: string };
      return {
        status: 200,
        body: found.reads < ways.searchReads ? { id, status: 'inProgress' } : found.body,
      };
    }
    if (path === '/appointment' && method === 'POST') {
      const { externalId, category, validFor } = JSON.parse(text);
      if (category === 'outbound-call') rings += 1;
      const one: DeskAppointment = {
        id: `A-${kept.length + 1}`,
        externalId,
        status: 'confirmed',
        validFor: onGrid(validFor),
        knownFrom: performance.now() + ways.recordsAfterMs,
      };
      kept.push(one);
      return ways.recordsAfterMs > 0 ? null : { status: 201, body: show(one) };
    }
    if (path === '/appointment') {
      const externalId = url.searchParams.get('externalId');
      const status = url.searchParams.get('status');
      const offset = Number(url.searchParams.get('offset') ?? 0);
      const all = known()
        .filter((one) => externalId === null || one.externalId === externalId)
        .filter((one) => status === null || one.status === status);
      return { status: 200, body: all.slice(offset).map(show) };
    }
    const one = known().find(({ id }) => id === decodeURIComponent(path.slice('/appointment/'.length)));
    if (one === undefined) return { status: 404, body: { code: '404', reason: 'no such appointment' } };
    if (method === 'PATCH' && ways.conflicts)
      return { status: 409, body: { code: '409', reason: 'somebody else works on it' } };
    if (method === 'PATCH') {
      Object.assign(one, JSON.parse(text));
      one.validFor = onGrid(one.validFor);
    }
    return { status: 200, body: show(one) };
  };

  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const url = new URL(request.url ?? '/', 'http://desk');
      const answer = handle(request.method ?? 'GET', url, Buffer.concat(chunks).toString('utf8'));
      // Null: the desk does what it was asked, and answers nobody.
      if (answer === null) request.socket.destroy();
      else
        response
          .writeHead(answer.status, { 'content-type': 'application/json' })
          .end(JSON.stringify(answer.body));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const byId = (id: string): DeskAppointment => {
    const found = kept.find((one) => one.id === id);
    if (found === undefined) throw new Error(`no appointment ${id}`);
    return found;
  };
  const moved = (text: string, byMs: number): string => new Date(Date.parse(text) + byMs).toISOString();
  return {
    url: `http://127.0.0.1:${address.port}${BASE}`,
    ways,
    appointments: () => kept,
    rings: () => rings,
    searches: () => searches.size,
    writeDown: () => {
      for (const one of kept) one.knownFrom = 0;
    },
    cancel: (id) => {
      byId(id).status = 'cancelled';
    },
    move: (id, byMs) => {
      const one = byId(id);
      one.validFor = {
        startDateTime: moved(one.validFor.startDateTime, byMs),
        endDateTime: moved(one.validFor.endDateTime, byMs),
      };
    },
    forget: (id) => {
      kept = kept.filter((one) => one.id !== id);
    },
    migrate: () => {
      kept = kept.map((one) => ({ ...one, id: `M-${one.id}` }));
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};
