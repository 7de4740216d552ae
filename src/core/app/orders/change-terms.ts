import {
  amendLines,
  changeContact,
  cancelOrder as decideCancel,
  addNote as decideNote,
} from '../../order/decide.ts';
import type { ContactField } from '../../order/events.ts';
import type { Tx } from '../../ports/store.ts';
import type { NewEvent } from '../../process/events.ts';
import { isClosed, type OrderProcess } from '../../process/process.ts';
import type { CancelCode } from '../../rules/reason-codes.ts';
import type { Skill } from '../../technicians/technician.ts';
import type { Lines } from '../../values/lines.ts';
import { phoneDigits } from '../../values/phone.ts';
import { type Change, type ChangeOptions, changeOrder } from '../change-order.ts';
import type { AppDeps } from '../deps.ts';
import { mustBeOwnOrder } from '../field/field-rules.ts';
import { putOptionalText, putText } from '../put-text.ts';
import { append, project, readOrder, type WriteContext } from '../write-order.ts';
import { type ClientChange, clientEvents } from './client-change.ts';
import { contactText } from './contact-text.ts';

type Options = Omit<ChangeOptions, 'command' | 'content'>;

/** Cancels an order at any stage before it is completed. Cancelled already: "already". Throws ALREADY_FINAL. */
export const cancelOrder = (
  deps: AppDeps,
  orderId: string,
  { code, note, ...options }: Options & { readonly code: CancelCode; readonly note?: string | undefined },
): Promise<Change> =>
  changeOrder(
    deps,
    orderId,
    { ...options, command: 'order cancel', content: { code, note } },
    async (process, write) => {
      if (process.order.cancelled !== null) return [];
      return decideCancel(process, {
        code,
        ...(await putOptionalText(deps, write, { orderId, text: note })),
      });
    },
  );

/** Adds a note, at any time. Throws DENIED to a technician whose visit it is not. */
export const addNote = (
  deps: AppDeps,
  orderId: string,
  { text, ...options }: Options & { readonly text: string },
): Promise<Change> =>
  changeOrder(
    deps,
    orderId,
    { ...options, command: 'order note', content: { text } },
    async (process, write) => {
      mustBeOwnOrder(process, write.actor, 'order note');
      return decideNote(process, await putText(deps, write, { orderId, text }));
    },
  );

/** What changes of an order; what is undefined stays. `area` goes with the address, old or new (null: not known). */
export type Amendment = {
  readonly lines?: { readonly [K in keyof Lines]: number | undefined } | undefined;
  readonly name?: string | undefined;
  readonly phone?: string | undefined;
  readonly address?: string | undefined;
  readonly area?: string | null | undefined;
  readonly client?: ClientChange | undefined;
};

/**
 * Amends counts and contact data. Name and phone belong to the customer and go to every open order of theirs; the
 * address to this one. Throws BAD_CONTACT, ORDER_CLOSED, AREA_FIXED, VISIT_TOO_SHORT, VISIT_SKILL, CALL_RUNNING, TOO_MANY_LINES, ILLEGAL_IN_STAGE.
 */
export const amendOrder = (
  deps: AppDeps,
  orderId: string,
  { amendment: asked, ...options }: Options & { readonly amendment: Amendment },
): Promise<Change> => {
  const amendment = checkedAmendment(asked);
  const { lines, name, phone, address, area } = amendment;
  const keyed = { ...options, command: 'order amend', content: amendment } as const;
  return changeOrder(deps, orderId, keyed, async (process, write) => {
    const { tx, policy } = write;
    const events: NewEvent[] = isNothing(lines)
      ? []
      : [...amendLines(process, merged(process, lines), policy, await skillsOf(tx, process))];
    if (amendment.client !== undefined)
      events.push(...(await clientEvents(deps, write, process, amendment.client)));
    const contact = (await tx.vault.contacts([orderId])).get(orderId);
    const fields: ContactField[] = [];
    if (name !== undefined && name !== contact?.name) fields.push('name');
    if (phone !== undefined && phone !== contact?.phone) fields.push('phone');
    if (address !== undefined && address !== contact?.address) fields.push('address');
    if (area !== undefined && area !== process.order.area && !fields.includes('address')) {
      fields.push('address');
    }
    events.push(...changeContact(process, fields, fields.includes('address') ? area : undefined));
    if (contact === undefined || fields.length === 0) return events;
    const { customerId } = contact;
    if (address !== undefined) await tx.vault.putAddress(orderId, customerId, address);
    const personal = fields.filter((field) => field !== 'address');
    if (personal.length === 0) return events;
    // The number that they had, too: who places an order by it now must not find them.
    const phones = [contact.phone, phone ?? contact.phone].map(phoneDigits);
    tx.needs({ customers: [customerId], phones });
    await tx.vault.putCustomer({ customerId, name: name ?? contact.name, phone: phone ?? contact.phone });
    await tellOtherOrders(write, { customerId, except: orderId, fields: personal });
    return events;
  });
};

const checkedAmendment = (asked: Amendment): Amendment => ({
  ...asked,
  name: contactText('name', asked.name),
  phone: contactText('phone', asked.phone),
  address: contactText('address', asked.address),
});

/** Of the technician who is to come; undefined: no visit is agreed. */
const skillsOf = async (
  tx: Tx,
  { scheduling: { move, visit, proposal } }: OrderProcess,
): Promise<readonly Skill[] | undefined> => {
  const technicianId = (move ?? visit ?? proposal)?.technicianId;
  if (technicianId === undefined) return undefined;
  tx.needs({ technicians: [technicianId] });
  return (await tx.technicians.get(technicianId))?.skills;
};

type GivenLines = Amendment['lines'];

const isNothing = (lines: GivenLines): boolean =>
  lines === undefined || (lines.internet === undefined && lines.tv === undefined);

/** Of the lines that were not mentioned there are as many as before. */
const merged = ({ order }: OrderProcess, lines: GivenLines): Lines => ({
  internet: lines?.internet ?? order.lines.internet,
  tv: lines?.tv ?? order.lines.tv,
});

/** The customer's other open orders learn that their contact data changed. */
const tellOtherOrders = async (
  write: WriteContext,
  {
    customerId,
    except,
    fields,
  }: { readonly customerId: string; readonly except: string; readonly fields: readonly ContactField[] },
): Promise<void> => {
  const orders = await write.tx.vault.ordersOf(customerId);
  write.tx.needs({ orders });
  for (const orderId of orders) {
    if (orderId === except) continue;
    const before = await readOrder(write.tx, orderId);
    if (before.version === 0 || isClosed(before)) continue;
    const { process } = await append(write, before, changeContact(before, fields, undefined));
    await project(write, { before, after: process });
  }
};
