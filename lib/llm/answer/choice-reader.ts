import { textOf, type Choice } from './choice-text';

/** The choices of a chunk; some servers send one where others send a list. */
export const choicesOf = (
  choices: readonly (Choice | undefined)[] | Choice | null | undefined,
): readonly (Choice | undefined)[] => {
  if (!choices) return NONE;
  return isList(choices) ? choices : [choices];
};

const NONE: readonly Choice[] = [];
const isList = (
  choices: readonly (Choice | undefined)[] | Choice,
): choices is readonly (Choice | undefined)[] => Array.isArray(choices);

/** Takes the answer in each chunk, and its text once: some servers end a stream with the whole message. */
export function choiceReader() {
  let hasText = false;
  return {
    take(choices: Parameters<typeof choicesOf>[0]): Choice | undefined {
      const [choice] = choicesOf(choices);
      if (hasText && choice?.message && !choice.delta) return { ...choice, message: null };
      hasText ||= Boolean(choice?.delta) && choice !== undefined && textOf(choice) !== '';
      return choice;
    },
  };
}
