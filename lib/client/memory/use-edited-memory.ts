import { useEffect, useState } from 'react';
import { isEdited, rebase, type EditedText } from './edited-text';

/** Unsaved edits outlive the panel. */
const unsaved = new Map<string, EditedText>();

/** The edited memory, rebased onto the stored one; `own` is what this editor stored last. */
export function useEditedMemory(
  sessionId: string,
  stored: string,
  own: string | undefined,
): [EditedText, (edited: EditedText) => void] {
  const [edited, setEdited] = useState(
    () => unsaved.get(sessionId) ?? { base: stored, text: stored },
  );
  const met = rebase(edited, stored, own);
  if (met !== edited) setEdited(met);
  useEffect(() => {
    if (isEdited(met)) unsaved.set(sessionId, met);
    else unsaved.delete(sessionId);
  }, [sessionId, met]);
  return [met, setEdited];
}
