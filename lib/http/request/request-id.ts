export const REQUEST_ID_HEADER = 'x-request-id';

const WELL_FORMED = /^[A-Za-z0-9._-]{1,128}$/;

/** Keeps a client's id if it is well-formed: ids appear in logs and URLs. */
export const requestIdOf = (headers: Pick<Headers, 'get'>): string => {
  const id = headers.get(REQUEST_ID_HEADER) ?? '';
  return WELL_FORMED.test(id) ? id : crypto.randomUUID();
};
