/** The header for the same query with another cursor; none without one. */
export function nextPage(
  request: Request,
  limit: number,
  next: string | null,
): Record<string, string> {
  if (next === null) return {};
  const query = new URL(request.url).searchParams;
  query.delete('cursor');
  query.set('limit', String(limit));
  query.append('cursor', next);
  return { Link: `</api/sessions?${query.toString()}>; rel="next"` };
}
