import { useEffect, useState } from 'react';
import { isEdited, rebase, type EditedText } from './edited-text';

/** Unsaved edits outlive the panel. */
const unsaved = new Map<string, EditedText>();

/** True when an edit of this text was left unsaved. */
export const hasUnsaved = (name: string): boolean => unsaved.has(name);

/** The edited memory, rebased onto the stored one; `own` is what this editor stored last. */
export function useEditedMemory(
  /** What is edited: the id of a session, or another name. */
  name: string,
  stored: string,
  own: string | undefined,
): [EditedText, (edited: EditedText) => void] {
  const [edited, setEdited] = useState(() => unsaved.get(name) ?? { base: stored, text: stored });
  const met = rebase(edited, stored, own);
  if (met !== edited) setEdited(met);
  useEffect(() => {
    if (isEdited(met)) unsaved.set(name, met);
    else unsaved.delete(name);
  }, [name, met]);
  return [met, setEdited];
}
