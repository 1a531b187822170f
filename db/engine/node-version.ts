const SQLITE_NEEDS_NODE = 22;

/** On an older Node better-sqlite3 crashes with a segmentation fault. Throws a readable error instead. */
export function checkNodeForSqlite(version: string = process.versions.node): void {
  if (Number.parseInt(version) >= SQLITE_NEEDS_NODE) return;
  throw new Error(
    `SQLite needs Node ${String(SQLITE_NEEDS_NODE)} or newer, and this is ${version}. ` +
      'Start with npm start, which brings its own, or use a newer Node.',
  );
}
