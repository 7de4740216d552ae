import { inWords } from '../coded.ts';
import type { RefusalTexts } from '../wording.ts';
import { count } from './count.ts';
import { expectations } from './expectations.ts';
import { expected } from './expected.ts';
import { stages } from './stages.ts';

type Codes =
  | 'ORDER_NOT_FOUND'
  | 'MYPAGE_NOT_FOUND'
  | 'ORDER_CLOSED'
  | 'ILLEGAL_IN_STAGE'
  | 'ALREADY_FINAL'
  | 'STALE_VERSION'
  | 'KEY_CONFLICT'
  | 'KEY_ERASED'
  | 'EXTERNAL_ID_TAKEN'
  | 'CANCEL_TASK_NOT_FOUND'
  | 'BAD_FIELD'
  | 'KEY_PERSONAL'
  | 'ERASURE_PENDING'
  | 'REASON_PERSONAL'
  | 'DUPLICATE_ORDER'
  | 'NO_LINES'
  | 'TOO_FEW_INTERNET'
  | 'TOO_MANY_LINES'
  | 'BAD_CONTACT'
  | 'CUSTOMER_NOT_FOUND'
  | 'CUSTOMER_HAS_ORDERS'
  | 'AREA_UNKNOWN'
  | 'AREA_FIXED'
  | 'VISIT_TOO_SHORT'
  | 'VISIT_SKILL'
  | 'TEXT_REQUIRED'
  | 'UNKNOWN_CODE'
  | 'WRONG_COLUMN';

/** As a shell takes it for one word. */
const quoted = (area: string): string => (area.includes(' ') ? `"${area}"` : area);

export const orderRefusals: Pick<RefusalTexts, Codes> = {
  ORDER_NOT_FOUND: ({ orderId }) => ({
    what: `there is no order ${orderId}`,
    next: '$oss order list',
  }),
  MYPAGE_NOT_FOUND: () => ({
    what: 'there is no order with this number and these digits',
    next: 'look at the order number and the phone number again',
  }),
  ORDER_CLOSED: ({ orderId, stage }) => ({
    what: `${orderId} is closed`,
    why: `it is ${stages.stage[stage]}`,
    next: `$oss order show ${orderId} --history`,
  }),
  ILLEGAL_IN_STAGE: ({ orderId, command, stage, allowed }) => ({
    what: `"${command}" is not possible for ${orderId} now`,
    why: `its stage is ${stage} (${stages.stage[stage]}); it is possible while ${allowed?.join(', ') ?? 'any stage before on-site'}`,
    next: `$oss order show ${orderId}`,
  }),
  ALREADY_FINAL: ({ orderId, command, intent, at }) => ({
    what: `"${command}" is not possible for ${orderId} any more`,
    why: `${intent} is on its log since ${at}, and the first final word wins`,
    next: `$oss order show ${orderId} --history`,
  }),
  STALE_VERSION: ({ orderId, expected, actual }) => ({
    what: `${orderId} has changed in the meantime`,
    why: `it is at version ${actual}, not ${expected}`,
    next: `$oss order show ${orderId}, then decide again`,
  }),
  KEY_CONFLICT: ({ key, orderId, command }) => ({
    what: `the key ${key} was used for other content`,
    why: `"${command}" of ${orderId} has it`,
    next: `use another --key, or see $oss order show ${orderId}`,
  }),
  EXTERNAL_ID_TAKEN: ({ externalId, orderId }) => ({
    what: `the external id ${externalId} stands for another order`,
    why: `${orderId} has it, and was placed with other content`,
    next: `$oss order show ${orderId}`,
  }),
  CANCEL_TASK_NOT_FOUND: ({ taskId }) => ({ what: `there is no wish to cancel ${taskId}` }),
  BAD_FIELD: ({ field, expected }) => ({
    what: `${field} cannot be taken as it is`,
    why: `expected ${inWords(expectations, expected)}`,
  }),
  KEY_ERASED: ({ key, orderId, command }) => ({
    what: `the key ${key} was used, and its customer was erased since`,
    why: `"${command}" of ${orderId} has it; what it stood for is not known any more, so nothing was done`,
    next: `see $oss order show ${orderId}; use another --key for something new`,
  }),
  KEY_PERSONAL: () => ({
    what: 'the key says who the customer is',
    why: 'it is kept on the log for ever, also when name and phone number are erased',
    next: 'use a --key without a name or a phone number, e.g. the number of the web order',
  }),
  REASON_PERSONAL: ({ customerId }) => ({
    what: `the reason says who ${customerId} is, or holds a phone number`,
    why: 'it is kept in the audit after name and phone number are gone',
    next: 'give the number of the request as the --reason',
  }),
  ERASURE_PENDING: ({ customerId }) => ({
    what: `${customerId} is erased, but files of the database still hold the data`,
    why: 'another process reads an older state, or makes a backup',
    next: `when it has ended: $oss customer erase ${customerId} again; any command that writes tries it too`,
  }),
  DUPLICATE_ORDER: ({ orderId }) => ({
    what: `this looks like a duplicate of ${orderId}`,
    why: 'the same phone number has an open order at the same address',
    next: `$oss order show ${orderId}, or add --duplicate-ok`,
  }),
  NO_LINES: () => ({
    what: 'the order has no lines',
    why: 'an order needs at least one Internet or TV line',
    next: 'set --internet or --tv to 1 or more',
  }),
  TOO_FEW_INTERNET: ({ internet, min }) => ({
    what: `${internet} Internet lines are too few`,
    why: `orders.minInternetCount is ${min}`,
    next: `order at least --internet ${min}`,
  }),
  TOO_MANY_LINES: ({ lines, max }) => ({
    what: `${count(lines, 'line is', 'lines are')} too many for one order`,
    why: `orders.maxLines is ${max}`,
    next: 'split it into several orders',
  }),
  CUSTOMER_HAS_ORDERS: ({ customerId, orderIds }) => ({
    what: `${customerId} cannot be erased now`,
    why: `open orders need a number to call and a door to go to: ${orderIds.join(', ')}`,
    next: `complete or cancel them first: $oss order show ${orderIds[0] ?? ''}`,
  }),
  BAD_CONTACT: ({ field }) => ({
    what: { name: 'this is no name', phone: 'this is no phone number', address: 'this is no address' }[field],
    why: `expected ${{ name: expected.name, phone: expected.phone, address: expected.text(200) }[field]}`,
  }),
  CUSTOMER_NOT_FOUND: ({ customerId }) => ({
    what: `there is no customer ${customerId}`,
    next: '$oss order list --text NAME finds the orders of a customer',
  }),
  AREA_UNKNOWN: ({ address, candidates }) => ({
    what: `the area of the address is not clear: ${address}`,
    why: candidates.length === 0 ? 'no known area is in it' : `it could be ${candidates.join(' or ')}`,
    next: candidates.length === 0 ? 'name it with --area' : `add --area ${quoted(candidates[0] ?? '')}`,
  }),
  AREA_FIXED: ({ orderId, from, to }) => ({
    what: `${orderId} cannot move from ${from} to ${to}`,
    why: 'the network work for its area has begun',
    next: `cancel it and take a new order: $oss order cancel ${orderId} --code OTHER --note "moved"`,
  }),
  VISIT_TOO_SHORT: ({ orderId, minutes, needed }) => ({
    what: `the agreed visit of ${orderId} is too short for so many lines`,
    why: `it lasts ${minutes} minutes, ${needed} are needed`,
    next: `ask the customer and move the visit first: $oss schedule move ${orderId} --minutes ${needed} --agreed --code ADDITIONAL_WORK`,
  }),
  VISIT_SKILL: ({ orderId, technicianId, skills }) => ({
    what: `${technicianId}, who is to visit ${orderId}, cannot do that`,
    why: `it takes ${skills.join(' and ')}`,
    next: `give the visit to somebody who can: $oss schedule move ${orderId} --technician ID --code SKILL_MISMATCH`,
  }),
  TEXT_REQUIRED: ({ code }) => ({
    what: `the code ${code} needs a text`,
    next: 'add --note "the reason in words"',
  }),
  UNKNOWN_CODE: ({ code, codes, suggestion }) => ({
    what: `there is no code ${code}${suggestion === null ? '' : `; did you mean ${suggestion}?`}`,
    why: `the codes are ${codes.join(', ')}`,
    next: '$oss help reason-codes',
  }),
  WRONG_COLUMN: ({ code, command, instead }) => ({
    what: `${code} is not a code of "${command}"`,
    why: `it is one of "${instead}"`,
    next: `$oss ${instead} --code ${code}, or $oss help reason-codes`,
  }),
};
