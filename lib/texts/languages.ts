/** The languages that people can choose. */
export const LANGUAGES = ['en', 'de'] as const;

/**
 * English between brackets, from right to left: shows developers and tests what is not translated, and what points the
 * wrong way.
 */
export const PSEUDO = 'ar-XB';

export type Language = (typeof LANGUAGES)[number] | typeof PSEUDO;

/** Each in itself, so that people find their own. */
export const LANGUAGE_NAMES = { en: 'English', de: 'Deutsch' } as const satisfies Record<
  (typeof LANGUAGES)[number],
  string
>;

/** Holds the chosen language; without it the browser's languages decide. */
export const LANGUAGE_COOKIE = 'ask_language';

/** The chosen language in a `Cookie` header, as it stands there. */
export const chosenIn = (cookies: string): string | undefined =>
  new RegExp(`(?:^|;) *${LANGUAGE_COOKIE}=([^;]*)`).exec(cookies)?.[1];

export const directionOf = (language: Language): 'ltr' | 'rtl' =>
  language === PSEUDO ? 'rtl' : 'ltr';

/** The chosen language, else the best of `Accept-Language` (RFC 9110), else English. */
export const languageOf = (
  chosen: string | null | undefined,
  acceptLanguage: string | null | undefined,
): Language =>
  ([...LANGUAGES, PSEUDO] as const).find((each) => each === chosen) ??
  bestOf(acceptLanguage ?? '') ??
  'en';

/** No browser sends more. */
const RANGES_MAX = 50;

/** Of several with the same weight the one that is named first, as browsers list them; null for none that is wanted. */
function bestOf(acceptLanguage: string): Language | null {
  const ranges = acceptLanguage.split(',', RANGES_MAX).map(rangeOf);
  const named = new Set(ranges.map(({ name }) => name));
  const wanted = ranges
    .filter(({ weight }) => weight > 0)
    .toSorted((a, b) => b.weight - a.weight)
    .map(({ name }) =>
      name === '*' ? LANGUAGES.find((each) => !named.has(each)) : spokenAs(name),
    );
  return wanted.find((language) => language !== undefined) ?? null;
}

/** `de-AT;q=0.8`. A weight that cannot be read is none. */
function rangeOf(range: string): { readonly name: string; readonly weight: number } {
  const [name = '', ...parameters] = range.split(';').map((part) => part.trim().toLowerCase());
  const quality = parameters.find((each) => each.startsWith('q='))?.slice(2);
  const weight = quality === undefined ? 1 : Number(quality);
  return { name, weight: weight >= 0 && weight <= 1 ? weight : 0 };
}

const spokenAs = (name: string) =>
  LANGUAGES.find((language) => name === language || name.startsWith(`${language}-`));
