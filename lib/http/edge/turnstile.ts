/** Lets so many through at a time, in the order in which they came. The answer of `enter` lets the next one in, once. */
export interface Turnstile {
  enter(): Promise<() => void>;
}

export function turnstile(most: number): Turnstile {
  const waiting: (() => void)[] = [];
  let inside = 0;

  const leaveOnce = () => {
    let left = false;
    return () => {
      if (left) return;
      left = true;
      const next = waiting.shift();
      // Whoever waits takes the place as it is.
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
