import type { Route } from './route.ts';

/** Whether a path is of a route's form: `/serviceOrder/42` of `/serviceOrder/:id`. */
const isOf = (form: string, path: string): boolean => {
  const parts = path.split('/');
  const wanted = form.split('/');
  return (
    parts.length === wanted.length &&
    wanted.every((part, i) => (part.startsWith(':') ? (parts[i] ?? '') !== '' : part === parts[i]))
  );
};

/** The methods that a path has, as `Allow` tells them; empty: there is nothing at this path. */
export const methodsAt = (routes: readonly Route[], url: string): readonly string[] => {
  const [path = ''] = url.split('?');
  const plain = path.length > 1 && path.endsWith('/') ? path.slice(0, -1) : path;
  const methods = routes.filter((route) => isOf(route.path, plain)).map(({ method }) => method);
  return methods.includes('GET') ? ['GET', 'HEAD', ...methods.filter((m) => m !== 'GET')] : methods;
};

/** How errors look at a path that has no route. */
export const shapeAt = (url: string): Route['errors'] => (url.startsWith('/tmf-api/') ? 'tmf' : 'problem');
