import { defineCommand } from '../framework/parse/descriptor.ts';

export const orderNew = defineCommand({
  path: 'order new',
  summary: 'take an order',
  details:
    'The order is safe as soon as its id is printed, whatever becomes of the network or the desk. They are then asked at once for a moment; what is left is done by `oss worker`.',
  flags: {
    phone: {
      type: 'phone',
      required: true,
      unless: ['from', 'customer'],
      ask: 'Phone number',
      summary: 'phone number of the customer',
    },
    name: {
      type: 'name',
      required: true,
      unless: ['from', 'customer'],
      ask: 'Name of the customer',
      summary: 'name of the customer',
    },
    address: {
      type: 'text',
      required: true,
      unless: ['from'],
      ask: 'Address',
      summary: 'where the lines are installed',
    },
    area: { type: 'text', max: 60, summary: 'area of the address (default: read from it)' },
    internet: {
      type: 'integer',
      min: 0,
      required: true,
      unless: ['from', 'tv'],
      ask: 'Internet lines',
      suggest: '1',
      summary: 'how many Internet lines',
    },
    tv: {
      type: 'integer',
      min: 0,
      required: true,
      unless: ['from', 'internet'],
      ask: 'TV lines',
      suggest: '0',
      summary: 'how many TV lines',
    },
    prefer: {
      type: 'choice',
      choices: ['am', 'pm', 'evening'],
      ask: 'When does a visit suit best?',
      summary: 'the part of the day that suits best',
    },
    notBefore: { type: 'date', ask: 'No visit before which day?', summary: 'no visit before this day' },
    note: { type: 'lines', ask: 'A note', summary: 'a note for those who work on it' },
    priority: {
      type: 'choice',
      choices: ['low', 'normal', 'high', 'urgent'],
      default: 'normal',
      ask: 'How urgent is it?',
      summary: 'what goes first',
    },
    customer: { type: 'id', placeholder: 'ID', summary: 'a known customer, by id' },
    from: { type: 'order-id', summary: 'take over what is not given from this order' },
    duplicateOk: {
      type: 'boolean',
      summary: 'also when the same phone and address have an open order',
    },
  },
  examples: [
    {
      line: 'order new --name "홍길동" --phone 010-1234-5678 --address "서울특별시 강남구 역삼로 12" --internet 1 --tv 1',
    },
    { line: 'order new', says: 'on a terminal: asks for everything' },
    { line: 'order new --from 42 --tv 2 --key WEB-1 --wait', says: 'like order 42, once only, and waits' },
  ],
  output: { kind: 'object', schema: 'oss.order/1' },
  change: true,
  batch: { op: 'order.new', keyRequired: true },
  wizard: true,
});
