/** Throws unless a database has exactly the migrations of this version: else columns could be missing or lost. */
export function checkVersion(applied: number, shipped: number): void {
  if (applied > 0 && applied < shipped)
    throw new Error(
      'The database is of an older version of the program: run ask-next migrate first',
    );
  checkNotNewer(applied, shipped);
}

/** Throws for what this version cannot migrate. */
export function checkNotNewer(applied: number, shipped: number): void {
  if (applied === 0) throw new Error('This is not a database of Ask-Next, and not a backup of one');
  if (applied > shipped)
    throw new Error('A newer version of the program has written this: use that version');
}

export const inUse = (): Error => new Error('A server uses this database: stop it first');

export const damaged = (file: string): Error =>
  new Error(`${file} is damaged: it can only be replaced by a backup (--replace)`);

export const otherSecret = (): Error =>
  new Error('The folder holds another secret: add --replace, or restore into a folder of its own');

export const notEmpty = (table: string): Error =>
  new Error(`The database is not empty: there are rows in the table ${table}`);
