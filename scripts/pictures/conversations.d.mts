/** When the stills are taken, by the clock of the page. */
export const NOW: string;

/** A file for import. */
export const SESSIONS: { readonly sessions: readonly { readonly title: string }[] };
