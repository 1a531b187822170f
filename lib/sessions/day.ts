/** Formats dates as ISO days in a time zone. An unknown time zone counts as UTC. */
export function dayFormat(timeZone: string): Intl.DateTimeFormat {
  try {
    // The Swedish locale formats dates as ISO does.
    return new Intl.DateTimeFormat('sv-SE', { timeZone });
  } catch {
    return new Intl.DateTimeFormat('sv-SE', { timeZone: 'UTC' });
  }
}
