import { wrongMethod } from './collection.ts';
import {
  type Answer,
  errorAnswer,
  fieldsOf,
  itemsOf,
  type SimRequest,
  type Target,
  textOf,
} from './request.ts';

/** The 404 of an id or path that is not known. */
export const notFound = (what: string): Answer =>
  errorAnswer(404, 'NOT_FOUND', `The desk does not know ${what}`);

/** What a request to the desk is about. `keyAt` tells the key of what is at a path, null when nothing is. */
export const identifyTm = (request: SimRequest, keyAt: (path: string) => string | null): Target | Answer => {
  const { method, path, query, body } = request;
  if (path === '/searchTimeSlot') {
    return method === 'POST' ? { operation: 'search', key: orderOf(body) } : wrongMethod(request, 'POST');
  }
  if (path === '/appointment') {
    if (method === 'POST') {
      const { externalId, category } = fieldsOf(body);
      const key = textOf(externalId)?.slice(0, 200) ?? '-';
      return { operation: category === 'agreed' ? 'book' : 'call', key };
    }
    if (method !== 'GET') return wrongMethod(request, 'GET, POST');
    return query.externalId === undefined
      ? { operation: 'inventory', key: '*' }
      : { operation: 'lookup', key: query.externalId };
  }
  if (/^\/appointment\/[^/]+$/.test(path)) {
    const key = keyAt(path) ?? path.slice('/appointment/'.length);
    if (method === 'GET') return { operation: 'read', key };
    return method === 'PATCH' ? { operation: 'change', key } : wrongMethod(request, 'GET, PATCH');
  }
  return notFound(path);
};

const orderOf = (body: unknown): string =>
  textOf(
    itemsOf(fieldsOf(body).relatedEntity)
      .map(fieldsOf)
      .find(({ role }) => role === 'serviceOrder')?.id,
  )?.slice(0, 200) ?? '-';
