import { withoutInvisible } from './invisible.ts';

/** What a person at the console is there for. It decides what they may do and whose personal data they see. */
export const ROLES = [
  'supervisor',
  'cs',
  'dispatcher',
  'tm',
  'technician',
  'noc',
  'batch',
  'system',
] as const;

export type Role = (typeof ROLES)[number];

/** Who acts: written into every event as `role:name`. A technician's name is the technician id, e.g. `technician:T-01`. */
export type Actor = { readonly role: Role; readonly name: string };

const NAME = /^[\p{L}\p{N}][\p{L}\p{N}._@+-]{0,63}$/u;

/** The role of a `role:name`; null: it has none of ours. */
export const roleOf = (actor: string): Role | null => {
  const text = actor.slice(0, Math.max(actor.indexOf(':'), 0));
  return ROLES.find((role) => role === text) ?? null;
};

/** `role:name` with a known role and a name of 1 to 64 letters, digits or `. _ @ + -`; null for anything else. */
export const parseActor = (text: string): Actor | null => {
  const role = roleOf(text);
  const name = text.slice(text.indexOf(':') + 1).normalize('NFC');
  return role === null || !NAME.test(name) || withoutInvisible(name) !== name ? null : { role, name };
};

export const actorText = (actor: Actor): string => `${actor.role}:${actor.name}`;

const TECHNICIAN = 'technician:';

/** The technician id of an actor in that role; null for everybody else. */
export const technicianOf = (actor: string): string | null =>
  actor.startsWith(TECHNICIAN) ? actor.slice(TECHNICIAN.length) : null;
