/**
 * What is wrong with a field, by the English words that programs read (`msg`), as gettext has it. `{}` stands for a
 * value there; the sentence gets each of them. Without a full stop.
 */
export type Mistakes = Readonly<Record<string, string | ((...values: string[]) => string)>>;

/** The same mistake in the language of a table: its first sentence that fits, else English. */
export function mistakeSentence(mistakes: Mistakes, english: string): string {
  for (const [pattern, sentence] of Object.entries(mistakes)) {
    const values = valuesIn(english, pattern);
    if (values) return typeof sentence === 'string' ? sentence : sentence(...values);
  }
  return english;
}

function valuesIn(sentence: string, pattern: string): string[] | undefined {
  const parts = pattern.split('{}').map((part) => part.replace(/[^\w ]/g, '\\$&'));
  return new RegExp(`^${parts.join('(.+)')}$`, 's').exec(sentence)?.slice(1);
}
