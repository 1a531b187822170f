export const REQUEST_ID_HEADER = 'x-request-id';

const WELL_FORMED = /^[A-Za-z0-9._-]{1,128}$/;

/** A client's own id is kept when it is one; it ends up in logs and addresses. */
export const requestIdOf = (headers: Pick<Headers, 'get'>): string => {
  const given = headers.get(REQUEST_ID_HEADER) ?? '';
  return WELL_FORMED.test(given) ? given : crypto.randomUUID();
};
