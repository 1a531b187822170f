import type { Fields } from './foreign/conversation';
import { fieldsOf, listOf } from './foreign/unknown-fields';

/** The files that a manifest of ChatGPT's export names; none for any other document. */
export const filesIn = ({ logical_files: files }: Fields): string[] =>
  Object.values(fieldsOf(files)).flatMap((file) =>
    listOf(fieldsOf(file)['files']).filter((name) => typeof name === 'string'),
  );

/** A zip may have all its files in one folder. */
export const bareName = (name: string): string => name.slice(name.lastIndexOf('/') + 1);

export const missingFiles = (named: ReadonlySet<string>, present: readonly string[]): string[] => {
  const bare = new Set(present.map(bareName));
  return [...named].filter((name) => !bare.has(bareName(name)));
};
