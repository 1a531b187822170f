/** The name and version of the file that holds everything of a session; docs/export-format.md describes it. */
export const FILE_FORMAT = 'ask-next';
export const FILE_VERSION = 1;

/** Where a session of another app came from. Its ids are that app's, and are replaced when it is stored. */
export const SOURCES = ['ask-flask', 'chatgpt', 'claude', 'open-webui', 'librechat'] as const;
export type Source = (typeof SOURCES)[number];
