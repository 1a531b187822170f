/** Any origin: only what comes after it counts. */
const HERE = 'http://here.invalid';

/** Where to go after signing in: a path on this server, whatever a link asked for. */
export function localPath(asked: string | null | undefined): string {
  // Browsers read "\" as "/", pass over tabs and line breaks, and "//host" is another host.
  if (!asked?.startsWith('/') || /^\/[/\\]|[\\\p{Cc}]/u.test(asked) || !URL.canParse(asked, HERE))
    return '/';
  const { origin, pathname, search, hash } = new URL(asked, HERE);
  if (origin !== HERE || pathname.startsWith('//')) return '/';
  // Routes of the API act: no link may choose one.
  if (/^\/(?:api|v1)(?:\/|$)/i.test(pathname)) return '/';
  return pathname + search + hash;
}
