/**
 * The names by which the peers know our services and calls: `ORD-000042@k7f3c1x9/internet.hsi#2/1` (order, database,
 * service and index, generation) and `ORD-000042@k7f3c1x9/call#3`. The mark behind the `@` is the database's own, so that
 * two databases at one network never share a name. Names from before there were marks have none.
 */
export type ServiceKey = {
  readonly orderId: string;
  /** null: from before there were marks. */
  readonly mark: string | null;
  /** Spec and index, e.g. `internet.hsi#2`. */
  readonly service: string;
  readonly generation: number;
};

export type CallKey = { readonly orderId: string; readonly mark: string | null; readonly number: number };

/** Of eight letters and digits. */
const MARK = /^[0-9a-z]{8}$/;
const OWNER = String.raw`(?<orderId>ORD-\d{6,12})(?:@(?<mark>[0-9a-z]{8}))?`;
const SERVICE_KEY = new RegExp(String.raw`^${OWNER}/(?<service>[a-z]+\.[a-z]+#\d+)/(?<generation>\d+)$`);
const CALL_KEY = new RegExp(String.raw`^${OWNER}/call#(?<number>\d+)$`);

export const isKeyMark = (text: string): boolean => MARK.test(text);

const owner = (orderId: string, mark: string | null): string =>
  mark === null ? orderId : `${orderId}@${mark}`;

export const serviceKeyText = ({ orderId, mark, service, generation }: ServiceKey): string =>
  `${owner(orderId, mark)}/${service}/${generation}`;

export const callKeyText = ({ orderId, mark, number }: CallKey): string =>
  `${owner(orderId, mark)}/call#${number}`;

/** What the name of a service says; null: no database of ours made it. */
export const readServiceKey = (key: string): ServiceKey | null => {
  const { orderId, mark = null, service, generation } = SERVICE_KEY.exec(key)?.groups ?? {};
  if (orderId === undefined || service === undefined) return null;
  return { orderId, mark, service, generation: Number(generation) };
};

/** What the name of a call says; null: no database of ours made it. */
export const readCallKey = (key: string): CallKey | null => {
  const { orderId, mark = null, number } = CALL_KEY.exec(key)?.groups ?? {};
  return orderId === undefined ? null : { orderId, mark, number: Number(number) };
};

/** Without capitals, and with one sign for all that is neither letter nor digit. */
const folded = (name: string): string => name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-');

/** A name that tells by itself which service of ours it means, however the NE writes it down. One that was cut does not. */
export const saysTheSame = (name: string, key: string): boolean => folded(name) === folded(key);

const FOLDED_KEY =
  /^(?<orderId>ord-\d{6,12})(?:-(?<mark>[0-9a-z]{8}))?-(?<service>[a-z]+-[a-z]+-\d+)-(?<generation>\d+)$/;

/**
 * A name that a database of ours gave to another service than `key` is the name of, however the NE writes it down: what
 * stands under it can never be the service of this key. One that only lacks the mark, or is of another generation, may.
 */
export const isNameOfAnother = (name: string, key: string): boolean => {
  const said = FOLDED_KEY.exec(folded(name))?.groups;
  const own = FOLDED_KEY.exec(folded(key))?.groups;
  if (said === undefined || own === undefined) return false;
  const isOtherMark = said.mark !== undefined && own.mark !== undefined && said.mark !== own.mark;
  return said.orderId !== own.orderId || said.service !== own.service || isOtherMark;
};

/** A name without the mark, for people: beside the order it says nothing to them. */
export const shownKey = (key: string): string => key.replace(/^(ORD-\d{6,12})@[0-9a-z]{8}\//, '$1/');

/** Marks of a database. */
export type KeyMarks = {
  /** Of the names it makes now; null: those have none. */
  readonly current: string | null;
  /** Of names that it made before a backup was put in its place, or that the backup's own database made. */
  readonly before: readonly string[];
};

/**
 * Whose a name is. ours: this database made it, so it is on the log or was never sent. former: made before a restore, so
 * the log may have lost it. unmarked: from before there were marks, by this database or another. foreign: another's.
 */
export type NameOwner = 'ours' | 'former' | 'unmarked' | 'foreign';

export const ownerOf = (mark: string | null, { current, before }: KeyMarks): NameOwner => {
  if (mark === current) return 'ours';
  if (mark === null) return 'unmarked';
  return before.includes(mark) ? 'former' : 'foreign';
};
