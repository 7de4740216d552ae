import { openApiDocument } from '../openapi/document.ts';
import { json, type Route } from '../route.ts';

/** The description of all routes, this one too. */
export const openApiRoute = (routes: () => readonly Route[]): Route => ({
  method: 'GET',
  path: '/openapi.json',
  may: 'anybody',
  errors: 'problem',
  weight: 'read',
  doc: {
    tag: 'description',
    summary: 'this description',
    answers: { 200: { summary: 'OpenAPI 3.1', schema: { type: 'object' } } },
  },
  handle: async ({ house }) => json(200, openApiDocument(routes(), house)),
});
