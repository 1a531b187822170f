/** Any origin will do: only the path counts. */
const HERE = 'http://here.invalid';

/** Where to go after signing in: a path on this server, whatever a link asked for. */
export function localPath(next: string | null | undefined): string {
  // Browsers read "\" as "/", pass over tabs and line breaks, and "//host" is another host.
  if (!next?.startsWith('/') || /^\/[/\\]|[\\\p{Cc}]/u.test(next) || !URL.canParse(next, HERE))
    return '/';
  const { origin, pathname, search, hash } = new URL(next, HERE);
  if (origin !== HERE || pathname.startsWith('//')) return '/';
  // API routes change things, so no link may lead to one.
  if (/^\/(?:api|v1)(?:\/|$)/i.test(pathname)) return '/';
  return pathname + search + hash;
}
