/** How the page looks in this browser. */
export interface Look {
  readonly theme: 'system' | 'light' | 'dark';
  readonly text: 'normal' | 'small' | 'large';
  readonly width: 'normal' | 'wide';
  readonly sidebar: 'open' | 'closed';
}
export type LookPart = keyof Look;

/** In the order in which they are shown. */
export const LOOKS: {
  readonly [Part in LookPart]: readonly Look[Part][];
} = {
  theme: ['system', 'light', 'dark'],
  text: ['small', 'normal', 'large'],
  width: ['normal', 'wide'],
  sidebar: ['open', 'closed'],
};

const DEFAULT_LOOK: Look = { theme: 'system', text: 'normal', width: 'normal', sidebar: 'open' };

/** The server draws it from cookies, so that nothing flashes. */
export const lookCookie = (part: LookPart): string => `ask_${part}`;

/** A choice, or the default where it is missing or forged. */
export function chosenOf<Part extends LookPart>(part: Part, value: string | undefined): Look[Part] {
  const choices: readonly Look[Part][] = LOOKS[part];
  return choices.find((name) => name === value) ?? DEFAULT_LOOK[part];
}

/** The ground of the page, as in app/globals.css: a browser gives its frame the same colour. */
const GROUNDS = { light: '#fdfcfa', dark: '#1f1e1b' } as const;

/** `scheme`: the system's colours. */
export const groundOf = (theme: Look['theme'], scheme: 'light' | 'dark'): string =>
  GROUNDS[theme === 'system' ? scheme : theme];

/** As the attribute of the document that the style sheet reads; none for the default. */
export const lookAttribute = <Part extends LookPart>(part: Part, value: Look[Part]) =>
  value === DEFAULT_LOOK[part] ? undefined : value;
