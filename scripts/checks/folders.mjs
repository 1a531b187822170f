import path from 'node:path';

export const isTest = (file) =>
  /\.(test|spec)\.tsx?$/.test(file) || path.basename(file).startsWith('testing.');

/** The folder of a file. A file directly in a top-level folder, such as lib/errors.ts, counts as a place of its own. */
const placeOf = (file) => (file.split('/').length > 2 ? path.posix.dirname(file) : file);

/** Import circles among folders, each as a list of folder names; type imports count. */
export function folderCircles(modules) {
  const places = new Map();
  for (const { source, dependencies } of modules) {
    if (isTest(source)) continue;
    const from = placeOf(source);
    const imports = places.get(from) ?? new Set();
    places.set(from, imports);
    for (const { resolved } of dependencies)
      if (placeOf(resolved) !== from) imports.add(placeOf(resolved));
  }
  return circlesIn(places);
}

/** The strongly connected components of more than one place (Tarjan's algorithm). */
function circlesIn(places) {
  const circles = [];
  const order = new Map();
  const lowest = new Map();
  const stack = [];
  const visit = (place) => {
    order.set(place, order.size);
    lowest.set(place, order.get(place));
    stack.push(place);
    for (const next of places.get(place) ?? []) {
      if (!places.has(next)) continue;
      if (!order.has(next)) visit(next);
      if (stack.includes(next)) lowest.set(place, Math.min(lowest.get(place), lowest.get(next)));
    }
    if (lowest.get(place) !== order.get(place)) return;
    const circle = stack.splice(stack.indexOf(place));
    if (circle.length > 1) circles.push(circle);
  };
  for (const place of places.keys()) if (!order.has(place)) visit(place);
  return circles;
}

/** Folders that hold more than `max` of these files, as [folder, count]. */
export function largeFolders(files, max) {
  const counts = new Map();
  for (const file of files) {
    const folder = path.posix.dirname(file);
    counts.set(folder, (counts.get(folder) ?? 0) + 1);
  }
  return [...counts].filter(([, count]) => count > max);
}
