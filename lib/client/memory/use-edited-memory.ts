import { useEffect, useState } from 'react';
import { isEdited, meet, type EditedText } from './edited-text';

/** What was typed into a session's memory and is not saved outlives the panel it was typed in. */
const unsaved = new Map<string, EditedText>();

/** The memory as somebody edits it, beside what is stored; `own` is what was last stored from here. */
export function useEditedMemory(
  sessionId: string,
  stored: string,
  own: string | undefined,
): [EditedText, (edited: EditedText) => void] {
  const [edited, setEdited] = useState(
    () => unsaved.get(sessionId) ?? { base: stored, text: stored },
  );
  const met = meet(edited, stored, own);
  if (met !== edited) setEdited(met);
  useEffect(() => {
    if (isEdited(met)) unsaved.set(sessionId, met);
    else unsaved.delete(sessionId);
  }, [sessionId, met]);
  return [met, setEdited];
}
