import type { AnswerDoc, Route } from '../route.ts';
import type { Schema } from './schema.ts';

/** RFC 9457, as every error of a route that is none of the TM Forum's. */
export const PROBLEM: Schema = {
  type: 'object',
  properties: {
    type: { type: 'string', format: 'uri' },
    title: { type: 'string', description: 'what is wrong' },
    status: { type: 'integer' },
    detail: { type: 'string', description: 'why' },
    code: { type: 'string', description: 'stable, whatever the language' },
  },
  required: ['type', 'title', 'status', 'code'],
};

/** The error of the TM Forum's APIs. */
export const TMF_ERROR: Schema = {
  type: 'object',
  properties: {
    code: { type: 'string', description: 'stable, whatever the language' },
    reason: { type: 'string', description: 'what is wrong' },
    message: { type: 'string', description: 'why' },
    status: { type: 'string' },
  },
  required: ['code', 'reason'],
};

const COMMON: Readonly<Record<number, string>> = {
  400: 'something in the request is wrong',
  401: 'no token, or one that is unknown, expired or revoked',
  403: 'not for the role of the token',
  413: 'the body is too large',
  415: 'the body is of another type',
  429: 'too many requests of one caller: come back after Retry-After',
  500: 'a fault of the server',
  503: 'not possible just now, nothing was done: come back after Retry-After',
};

/** Which of them a route may give. */
const commonOf = ({ may, takes, weight }: Route): readonly number[] => {
  if (weight === 'probe') return [500];
  return [
    400,
    ...(may === 'anybody' ? [] : [401, 403]),
    ...(takes === undefined ? [] : [413, 415]),
    429,
    500,
    503,
  ];
};

const content = (type: string, schema: Schema, example?: unknown): Schema => ({
  content: { [type]: { schema, ...(example === undefined ? {} : { example }) } },
});

const headersOf = (headers: Readonly<Record<string, string>> | undefined): Schema =>
  headers === undefined
    ? {}
    : {
        headers: Object.fromEntries(
          Object.entries(headers).map(([name, description]) => [
            name,
            { description, schema: { type: 'string' } },
          ]),
        ),
      };

const answerOf = ({ summary, schema, example, type = 'application/json', headers }: AnswerDoc): Schema => ({
  description: summary,
  ...headersOf(headers),
  ...(schema === undefined ? {} : content(type, schema, example)),
});

const answersOf = (route: Route): Schema => {
  const [type, name] =
    route.errors === 'tmf' ? ['application/json', 'Error'] : ['application/problem+json', 'Problem'];
  const errors = commonOf(route).map((status) => [
    status,
    {
      description: COMMON[status] ?? '',
      ...(status === 429 || status === 503 ? headersOf({ 'Retry-After': 'seconds' }) : {}),
      ...content(type ?? '', { $ref: `#/components/schemas/${name}` }),
    },
  ]);
  const own = Object.entries(route.doc.answers).map(([status, answer]) => [status, answerOf(answer)]);
  return Object.fromEntries([...errors, ...own]);
};

const PARAMETER = /:([A-Za-z]+)/g;

const parametersOf = ({ path, doc }: Route): readonly Schema[] => [
  ...[...path.matchAll(PARAMETER)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  })),
  ...(doc.query ?? []).map(({ name, summary, schema = { type: 'string' } }) => ({
    name,
    in: 'query',
    description: summary,
    schema,
  })),
  ...(doc.headers ?? []).map(({ name, summary }) => ({
    name,
    in: 'header',
    description: summary,
    schema: { type: 'string' },
  })),
];

const operationOf = (route: Route): Schema => {
  const { doc, takes, may } = route;
  const parameters = parametersOf(route);
  return {
    tags: [doc.tag],
    summary: doc.summary,
    ...(doc.details === undefined ? {} : { description: doc.details }),
    ...(parameters.length === 0 ? {} : { parameters }),
    ...(takes === undefined || doc.body === undefined
      ? {}
      : {
          requestBody: {
            required: true,
            content: Object.fromEntries(takes.map((type) => [type, doc.body])),
          },
        }),
    responses: answersOf(route),
    ...(may === 'anybody' ? { security: [] } : {}),
  };
};

/** What the table of routes says, as OpenAPI 3.1: there is no other description of them. */
export const openApiDocument = (
  routes: readonly Route[],
  { publicUrl, version }: { readonly publicUrl: string; readonly version: string },
): Schema => {
  const paths: Record<string, Record<string, Schema>> = {};
  for (const route of routes) {
    const path = route.path.replace(PARAMETER, '{$1}');
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operationOf(route) };
  }
  return {
    openapi: '3.1.0',
    info: { title: 'oss', version, description: 'Orders of broadband services: placing and following them.' },
    servers: [{ url: publicUrl }],
    security: [{ token: [] }],
    tags: [...new Set(routes.map(({ doc }) => doc.tag))].map((name) => ({ name })),
    paths,
    components: {
      securitySchemes: { token: { type: 'http', scheme: 'bearer' } },
      schemas: { Problem: PROBLEM, Error: TMF_ERROR },
    },
  };
};
