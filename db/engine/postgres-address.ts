const MODES = ['disable', 'allow', 'prefer', 'require', 'verify-ca', 'verify-full', 'no-verify'];

/**
 * Rewrites the URL so that `sslmode` means what it means to libpq and psql, as it will in the driver's next version:
 * `require` encrypts, and only `verify-…` checks the certificate. Throws for an invalid `sslmode`.
 */
export function driverAddress(asWritten: string): string {
  const url = withModeNamed(asWritten);
  const options = new URLSearchParams(/\?(.*)$/s.exec(url)?.[1]);
  const mode = options.get('sslmode');
  if (mode === null || options.has('uselibpqcompat')) return url;
  if (!MODES.includes(mode)) throw new Error(`sslmode must be one of ${MODES.join(', ')}`);
  // `no-verify` is the driver's own mode; libpq has none.
  if (mode === 'no-verify') return url;
  if (options.get('sslrootcert') === 'system')
    return url
      .replace(/(?<=[?&])sslrootcert=system/, 'uselibpqcompat=true')
      .replace(/(?<=[?&])sslmode=[\w-]+/, 'sslmode=verify-full');
  if (mode === 'verify-ca' && !options.has('sslrootcert'))
    throw new Error('sslmode=verify-ca needs sslrootcert=/path/of/ca.pem beside it');
  // `allow` tries without TLS first, as libpq does.
  const supported =
    mode === 'allow' ? url.replace(/(?<=[?&])sslmode=allow/, 'sslmode=disable') : url;
  return `${supported}&uselibpqcompat=true`;
}

/** `ssl=false` and `ssl=require`, as other drivers have it, where this one would take each word for a yes. */
const withModeNamed = (url: string) =>
  url.replace(/\?.*$/s, (query) =>
    query.replace(
      /(?<=[?&])ssl(mode)?=([\w-]+)/g,
      (as: string, mode: string | undefined, word: string) => {
        const meant = /^(false|0|no|off)$/i.test(word) ? 'disable' : word.toLowerCase();
        return mode || MODES.includes(meant) ? `sslmode=${meant}` : as;
      },
    ),
  );

const HINTS: readonly (readonly [RegExp, string])[] = [
  [
    /SELF_SIGNED|UNABLE_TO_|CERT_|ALTNAME/,
    'The certificate of the server is not trusted. Add sslrootcert=/path/of/ca.pem to the address to name its CA, or write sslmode=require (or no-verify) to encrypt without looking at it.',
  ],
  [
    /does not support SSL/,
    'The server takes no encrypted connections. Take sslmode out of the address, or write sslmode=disable.',
  ],
  [
    /no pg_hba\.conf entry.*(no encryption|SSL off)/,
    'The server takes only encrypted connections. Add sslmode=require to the address.',
  ],
  [
    /ERR_INVALID_URL|URI malformed/,
    'The address cannot be read. In the user and the password write # as %23, % as %25, / as %2F, ? as %3F and @ as %40.',
  ],
];

/** Adds a hint to a connection error whose cause is known. */
export function withHint(thrown: unknown): unknown {
  if (!(thrown instanceof Error)) return thrown;
  const text = `${'code' in thrown ? String(thrown.code) : ''} ${thrown.message}`;
  const hint = HINTS.find(([pattern]) => pattern.test(text))?.[1];
  return hint ? new Error(hint, { cause: thrown }) : thrown;
}
