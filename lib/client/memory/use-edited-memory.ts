import { useEffect, useState } from 'react';
import { isEdited, rebase, type EditedText } from './edited-text';

/** Unsaved edits outlive the panel. */
const unsaved = new Map<string, EditedText>();

/** True when an edit of this text was left unsaved. */
export const hasUnsaved = (name: string): boolean => unsaved.has(name);

/** Drops the edit that was saved with this text. Returns false when it was edited further meanwhile. */
export function dropSaved(name: string, text: string): boolean {
  const left = unsaved.get(name);
  if (left !== undefined && left.text !== text) return false;
  unsaved.delete(name);
  return true;
}

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
    keep(name, met);
  }, [name, met]);
  const edit = (next: EditedText) => {
    // At once: an editor that closes with its last change has no further effect.
    keep(name, next);
    setEdited(next);
  };
  return [met, edit];
}

function keep(name: string, edited: EditedText): void {
  if (isEdited(edited)) unsaved.set(name, edited);
  else unsaved.delete(name);
}
