/** How the page looks in this browser: theme (light or dark), text size, width, sidebar. */
export interface Appearance {
  readonly theme: 'system' | 'light' | 'dark';
  readonly text: 'normal' | 'small' | 'large';
  readonly width: 'normal' | 'wide';
  readonly sidebar: 'open' | 'closed';
}
export type AppearancePart = keyof Appearance;

/** In the order in which they are shown. */
export const APPEARANCES: {
  readonly [Part in AppearancePart]: readonly Appearance[Part][];
} = {
  theme: ['system', 'light', 'dark'],
  text: ['small', 'normal', 'large'],
  width: ['normal', 'wide'],
  sidebar: ['open', 'closed'],
};

const DEFAULT_APPEARANCE: Appearance = {
  theme: 'system',
  text: 'normal',
  width: 'normal',
  sidebar: 'open',
};

/** The server draws it from cookies, so that nothing flashes. */
export const appearanceCookie = (part: AppearancePart): string => `ask_${part}`;

/** A choice, or the default where it is missing or forged. */
export function chosenOf<Part extends AppearancePart>(
  part: Part,
  value: string | undefined,
): Appearance[Part] {
  const choices: readonly Appearance[Part][] = APPEARANCES[part];
  return choices.find((name) => name === value) ?? DEFAULT_APPEARANCE[part];
}

/** The background of the page, as in app/globals.css: a browser gives its frame the same colour. */
const BACKGROUNDS = { light: '#fdfcfa', dark: '#1f1e1b' } as const;

/** `scheme`: the system's colours. */
export const backgroundOf = (theme: Appearance['theme'], scheme: 'light' | 'dark'): string =>
  BACKGROUNDS[theme === 'system' ? scheme : theme];

/** As the attribute of the document that the style sheet reads; none for the default. */
export const appearanceAttribute = <Part extends AppearancePart>(
  part: Part,
  value: Appearance[Part],
) => (value === DEFAULT_APPEARANCE[part] ? undefined : value);
