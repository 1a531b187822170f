/** What is selected in a list, by session id. */
export interface Selection {
  readonly ids: ReadonlySet<string>;
  /** What was clicked last: a range begins there. */
  readonly anchor: string | null;
}

export const NOTHING: Selection = { ids: new Set(), anchor: null };

/** Selects a row or takes that back; with `range` all rows from the last clicked one on become like it. */
export function clicked(
  { ids, anchor }: Selection,
  shown: readonly string[],
  id: string,
  range: boolean,
): Selection {
  const next = new Set(ids);
  const from = range && anchor !== null ? shown.indexOf(anchor) : -1;
  const to = shown.indexOf(id);
  const rows = from < 0 ? [id] : shown.slice(Math.min(from, to), Math.max(from, to) + 1);
  for (const row of rows)
    if (ids.has(id)) next.delete(row);
    else next.add(row);
  return { ids: next, anchor: id };
}

/** All shown rows; none when all are selected. */
export const allOrNothing = (selected: readonly string[], shown: readonly string[]): Selection =>
  selected.length === shown.length ? NOTHING : { ids: new Set(shown), anchor: null };
