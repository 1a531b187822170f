/**
 * Of many requests that arrive at once only some are begun at a time, then whatever else has happened gets its turn,
 * and so on: a burst makes those who are in it wait, and nobody else. Whoever is alone does not wait at all.
 */
export function arrivals(
  atOnce: number,
  laterOn: (run: () => void) => void,
): (begin: () => void) => void {
  const waiting: (() => void)[] = [];
  let begun = 0;

  const goOn = () => {
    begun = 0;
    for (const begin of waiting.splice(0, atOnce)) {
      begun += 1;
      begin();
    }
    if (begun > 0) laterOn(goOn);
  };

  return (begin) => {
    if (begun >= atOnce) {
      waiting.push(begin);
      return;
    }
    if (begun === 0) laterOn(goOn);
    begun += 1;
    begin();
  };
}
