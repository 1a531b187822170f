/** Text being edited: the base it started from, and the current text. */
export interface EditedText {
  readonly base: string;
  readonly text: string;
}

export const isEdited = ({ base, text }: EditedText): boolean => text.trim() !== base;

/**
 * Rebases the edit onto the new stored text. Unsaved edits are kept. `own` is the text that this editor stored last,
 * which is no conflict; undefined: none.
 */
export function rebase(edited: EditedText, stored: string, own?: string): EditedText {
  if (edited.base === stored) return edited;
  const settled = !isEdited(edited) || edited.text.trim() === stored;
  if (settled) return { base: stored, text: stored };
  return stored === own ? { base: stored, text: edited.text } : edited;
}

/** The stored text that conflicts with this edit; null: no conflict. */
export const conflictWith = ({ base }: EditedText, stored: string): string | null =>
  base === stored ? null : stored;
