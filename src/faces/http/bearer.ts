const BEARER = /^Bearer ([A-Za-z0-9._~+/=-]{1,200})$/i;

/** The token of an `Authorization` header; null: there is none in it. */
export const bearerOf = (authorization: string | undefined): string | null =>
  BEARER.exec(authorization ?? '')?.[1] ?? null;
