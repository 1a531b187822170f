/** A FIFO semaphore. `enter` resolves with a function that releases the place; a second call does nothing. */
export interface Semaphore {
  enter(): Promise<() => void>;
}

export function semaphore(most: number): Semaphore {
  const waiting: (() => void)[] = [];
  let inside = 0;

  const leaveOnce = () => {
    let released = false;
    return () => {
      if (released) return;
      released = true;
      const next = waiting.shift();
      // The next in the queue takes over the place, so the count stays.
      if (next) next();
      else inside -= 1;
    };
  };

  return {
    async enter() {
      if (inside < most) inside += 1;
      else await new Promise<void>((resolve) => waiting.push(resolve));
      return leaveOnce();
    },
  };
}
