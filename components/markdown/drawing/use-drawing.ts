import { useEffect, useState } from 'react';
import { STEP_WEIGHT } from './budgets';
import { type Drawing, type Written, draw, firstDrawing } from './drawing';
import { queueDrawing } from './drawing-queue';

/** Renders a text incrementally, in tasks between other work. */
export function useDrawing(written: Written, budget: number): Drawing {
  const [current, setCurrent] = useState(() => firstDrawing(written, budget));
  const isCurrent = current.text === written.text && current.streaming === written.streaming;
  const drawing = isCurrent ? current : draw(current, written, STEP_WEIGHT);
  if (drawing !== current) setCurrent(drawing);
  useEffect(() => {
    if (drawing.done) return undefined;
    return queueDrawing(() => {
      setCurrent((now) => (now.done ? now : draw(now, now, STEP_WEIGHT)));
    });
  }, [drawing]);
  return drawing;
}
