import { wrongMethod } from './collection.ts';
import { NAMELESS } from './ne-body.ts';
import { type Answer, errorAnswer, fieldsOf, type SimRequest, type Target, textOf } from './request.ts';

/** The 404 of an id or path that is not known. */
export const notFound = (what: string): Answer =>
  errorAnswer(404, 'NOT_FOUND', `The NE does not know ${what}`);

/** What a request to the NE is about. `keyAt` tells the key of what is at a path, null when nothing is. */
export const identifyNe = (request: SimRequest, keyAt: (path: string) => string | null): Target | Answer => {
  const { method, path, query } = request;
  if (path === '/service') {
    if (method === 'POST') {
      return { operation: 'create', key: textOf(fieldsOf(request.body).name)?.slice(0, 200) ?? NAMELESS };
    }
    if (method !== 'GET') return wrongMethod(request, 'GET, POST');
    return query.name === undefined
      ? { operation: 'inventory', key: '*' }
      : { operation: 'lookup', key: query.name };
  }
  if (/^\/service\/[^/]+$/.test(path)) {
    const key = keyAt(path) ?? path.slice('/service/'.length);
    if (method === 'GET') return { operation: 'read', key };
    if (method === 'PATCH' && fieldsOf(request.body).state === 'active')
      return { operation: 'activate', key };
    return method === 'PATCH' || method === 'DELETE'
      ? { operation: 'revert', key }
      : wrongMethod(request, 'GET, PATCH, DELETE');
  }
  if (/^\/monitor\/[^/]+$/.test(path)) {
    return method === 'GET'
      ? { operation: 'monitor', key: path.slice('/monitor/'.length) }
      : wrongMethod(request, 'GET');
  }
  return notFound(path);
};
