import type { allFailures } from './en/failures/all-failures';
import type { laterTexts } from './en/later-texts';
import type { serverTexts } from './en/server-texts';
import type { texts } from './en/texts';

/** What every page says. A language is a value of each of these types. */
export type Texts = typeof texts;

/** What loads when it is needed. */
export type LaterTexts = typeof laterTexts;

/** What only the server says. */
export type ServerTexts = typeof serverTexts;

/** The words of every failure of the server, which sends them. */
export type AllFailures = typeof allFailures;
