/** Text that is being edited: what stood there when the editing began, and what it is now. */
export interface EditedText {
  readonly base: string;
  readonly text: string;
}

export const isEdited = ({ base, text }: EditedText): boolean => text.trim() !== base;

/**
 * What becomes of it when `stored` is the text now: words that were typed stay, whatever happens. `own`: the text that
 * was last stored from here, which is no change of somebody else's; undefined: none was.
 */
export function meet(edited: EditedText, stored: string, own?: string): EditedText {
  if (edited.base === stored) return edited;
  const settled = !isEdited(edited) || edited.text.trim() === stored;
  if (settled) return { base: stored, text: stored };
  return stored === own ? { base: stored, text: edited.text } : edited;
}

/** What was written elsewhere while this was being edited; null: nothing. */
export const writtenElsewhere = ({ base }: EditedText, stored: string): string | null =>
  base === stored ? null : stored;
