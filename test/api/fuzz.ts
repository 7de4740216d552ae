import fc from 'fast-check';
import { expect } from 'vitest';
import { ROUTES } from '../../src/faces/http/table.ts';
import type { GuardedHouse } from './requests.ts';

const word = fc.constantFrom(
  ...[
    'ORD-000001',
    'orders',
    '%00',
    '..',
    '%2e%2e',
    'serviceOrder',
    '정하은',
    '',
    '__proto__',
    'constructor',
    '\ud83d\ude00',
  ],
);
const path = fc.oneof(
  fc.constantFrom(...ROUTES.map((route) => route.path)),
  fc
    .array(word, { maxLength: 5 })
    .map(
      (words) => `/${words.map((one) => (one.startsWith('%') ? one : encodeURIComponent(one))).join('/')}`,
    ),
  fc
    .tuple(fc.constantFrom(...ROUTES.map((route) => route.path)), word)
    .map(([form, id]) => form.replace(/:\w+/g, encodeURIComponent(id) || 'x')),
);
const query = fc.oneof(
  fc.constant(''),
  fc.webQueryParameters(),
  fc.constantFrom(
    'limit=-1',
    'after=%ff',
    'offset=1e9',
    'fields=,,',
    'types=',
    'state=x&state=y',
    'limit=9999999999999999999',
  ),
);
const member = fc.constantFrom(
  ...[
    'externalId',
    'priority',
    'relatedParty',
    'serviceOrderItem',
    'state',
    'id',
    'note',
    'description',
    'serviceOrder',
    'cancellationReason',
  ],
);
const json = fc.oneof(
  fc.jsonValue({ maxDepth: 4 }),
  fc.dictionary(
    member,
    fc.oneof(
      fc.jsonValue({ maxDepth: 3 }),
      fc.array(
        fc.dictionary(
          fc.constantFrom('id', 'action', 'service', 'role', 'name'),
          fc.jsonValue({ maxDepth: 2 }),
        ),
        { maxLength: 3 },
      ),
    ),
  ),
);
const body = fc.oneof(
  { weight: 5, arbitrary: json.map((value) => JSON.stringify(value)) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 200 }) },
);
const header = fc.constantFrom<readonly (readonly [string, string])[]>(
  ...[
    [['accept', 'text/html'] as const],
    [['accept-language', 'ko;q=x, *'] as const],
    [['if-match', '"x"'] as const],
    [['idempotency-key', 'k'.repeat(300)] as const],
    [['traceparent', '00-0-0-0'] as const],
    [['last-event-id', '1:999999999999999'] as const],
    [['x-forwarded-for', '1.2.3.4, ::1'] as const],
    [['content-encoding', 'br'] as const],
    [['host', 'evil.example'] as const],
    [['expect', '100-continue'] as const],
    [],
  ],
);

const request = fc.record({
  method: fc.constantFrom('GET', 'POST', 'PATCH', 'PUT', 'DELETE', 'HEAD', 'OPTIONS'),
  path,
  query,
  header,
  body,
  type: fc.constantFrom(
    'application/json',
    'application/merge-patch+json',
    'text/plain',
    'application/json;x=y',
  ),
  token: fc.constantFrom('cs', 'supervisor', 'noc', 'technician', 'expired'),
});

/** Sends so many requests of nonsense: every one is answered, none with a fault of ours, and nothing leaks. */
export const fuzz = async (home: GuardedHouse, numRuns: number): Promise<void> => {
  const secrets = Object.values(home.tokens);
  await fc.assert(
    fc.asyncProperty(
      request,
      async ({ method, path: where, query: asked, header: more, body: text, type, token }) => {
        const hasBody = !['GET', 'HEAD', 'OPTIONS'].includes(method);
        const names = more.filter(([name]) => name !== 'host' && name !== 'expect');
        const answer = await fetch(`${home.origin}${where}${asked === '' ? '' : `?${asked}`}`, {
          method,
          headers: {
            authorization: `Bearer ${home.tokens[token as 'cs']}`,
            ...(hasBody ? { 'content-type': type } : {}),
            ...Object.fromEntries(names),
          },
          ...(hasBody ? { body: text } : {}),
          signal: AbortSignal.timeout(20_000),
        });
        const told = await answer.text();
        expect(home.bugs).toEqual([]);
        expect(answer.status).not.toBe(500);
        for (const secret of secrets) expect(told).not.toContain(secret);
        if (answer.status >= 400 && method !== 'HEAD') expect(JSON.parse(told)).toHaveProperty('code');
      },
    ),
    { numRuns },
  );
  expect((await fetch(`${home.origin}/livez`)).status).toBe(200);
};
