import { defineCommand } from './framework/parse/descriptor.ts';

export const mypage = defineCommand({
  path: 'mypage',
  summary: "the subscriber's view of own orders",
  details:
    'By phone number: all orders under it. By order number: with the last four digits of its phone number; a wrong pair is "not found", whether or not the order exists.',
  args: { id: { type: 'order-id', summary: 'the order number' } },
  flags: {
    phone: { type: 'phone', summary: 'the phone number of the orders' },
    phoneLast4: {
      type: 'text',
      max: 4,
      placeholder: 'D',
      summary: 'the last four digits of the phone number, with an order number',
    },
  },
  examples: [{ line: 'mypage --phone 010-1234-5678' }, { line: 'mypage 42 --phone-last4 5678' }],
  output: { kind: 'list', schema: 'oss.my-orders/1' },
  change: false,
});
