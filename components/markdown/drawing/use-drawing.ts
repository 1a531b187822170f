import { useEffect, useState } from 'react';
import { STEP_WEIGHT } from './budgets';
import { type Drawing, type Written, draw, firstDrawing } from './drawing';
import { queueDrawing } from './drawing-queue';

/** Renders a text incrementally, in tasks between other work. */
export function useDrawing(written: Written, budget: number): Drawing {
  const [held, setHeld] = useState(() => firstDrawing(written, budget));
  const isHeld = held.text === written.text && held.streaming === written.streaming;
  const drawing = isHeld ? held : draw(held, written, STEP_WEIGHT);
  if (drawing !== held) setHeld(drawing);
  useEffect(() => {
    if (drawing.done) return undefined;
    return queueDrawing(() => {
      setHeld((now) => (now.done ? now : draw(now, now, STEP_WEIGHT)));
    });
  }, [drawing]);
  return drawing;
}
