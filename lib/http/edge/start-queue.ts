/**
 * A queue that starts at most `atOnce` requests per turn of the event loop, so that a burst delays only its own
 * requests. A single request starts at once.
 */
export function startQueue(
  atOnce: number,
  laterOn: (run: () => void) => void,
): (begin: () => void) => void {
  const waiting: (() => void)[] = [];
  let begun = 0;

  const startNext = () => {
    begun = 0;
    for (const begin of waiting.splice(0, atOnce)) {
      begun += 1;
      begin();
    }
    if (begun > 0) laterOn(startNext);
  };

  return (begin) => {
    if (begun >= atOnce) {
      waiting.push(begin);
      return;
    }
    if (begun === 0) laterOn(startNext);
    begun += 1;
    begin();
  };
}
