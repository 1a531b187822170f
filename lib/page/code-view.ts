/** How a browser shows code: with long lines wrapped, and with numbers before its lines. */
export const CODE_VIEWS = ['wrap', 'numbers'] as const;
export type CodeView = (typeof CODE_VIEWS)[number];

/** The views that a cookie or an attribute names, as one text; whatever else it says is left out. */
export const knownCodeViews = (written: string): string =>
  CODE_VIEWS.filter((view) => written.split(' ').includes(view)).join(' ');
