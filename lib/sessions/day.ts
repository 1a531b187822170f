/** Writes days in a time zone as ISO does; a zone that is not known counts as UTC. */
export function dayFormat(timeZone: string): Intl.DateTimeFormat {
  try {
    // Swedish writes dates as ISO does.
    return new Intl.DateTimeFormat('sv-SE', { timeZone });
  } catch {
    return new Intl.DateTimeFormat('sv-SE', { timeZone: 'UTC' });
  }
}
