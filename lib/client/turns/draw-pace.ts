/** What the pace needs of a browser. */
interface Browser {
  readonly isHidden: () => boolean;
  readonly now: () => number;
  readonly frame: (draw: () => void) => void;
  readonly after: (ms: number, go: () => void) => void;
}

/** A drawing of up to this many milliseconds leaves the frame in time. */
const CHEAP_MS = 12;
/** How many times as long as a dear drawing the page is left alone after it. */
const REST = 20;
const REST_MAX_MS = 1000;
/** A hidden tab has no animation frames, but its text must still arrive. */
const HIDDEN_MS = 250;

/**
 * Draws with the next frame. Where drawing is dear, as on a slow phone, most frames are left to scrolling and typing:
 * each drawing shows all that came meanwhile, so it never falls behind. A drawing that was dear by chance changes
 * nothing: of two in a row the cheaper one counts.
 */
export function drawPace({ isHidden, now, frame, after }: Browser): (draw: () => void) => void {
  let restsUntil = 0;
  let lastCost = 0;
  const drawNow = (draw: () => void) => {
    const startedAt = now();
    draw();
    // A task of its own comes after the frame, so this counts layout and paint too.
    after(0, () => {
      const cost = now() - startedAt;
      const surely = Math.min(cost, lastCost);
      lastCost = cost;
      if (surely > CHEAP_MS) restsUntil = now() + Math.min(surely * REST, REST_MAX_MS);
    });
  };
  const next = (draw: () => void) => {
    const rest = restsUntil - now();
    if (isHidden()) after(HIDDEN_MS, draw);
    else if (rest > 0) {
      after(rest, () => {
        next(draw);
      });
    } else {
      frame(() => {
        // What the last drawing cost may be known only now.
        if (restsUntil > now()) next(draw);
        else drawNow(draw);
      });
    }
  };
  return next;
}

export const browserDrawPace = (): ((draw: () => void) => void) =>
  drawPace({
    isHidden: () => document.hidden,
    now: () => performance.now(),
    frame: (draw) => requestAnimationFrame(draw),
    after: (ms, go) => setTimeout(go, ms),
  });
