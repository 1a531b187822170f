/** How long a deleted session can be restored; after that app/composition.ts has it purged. */
export const RESTORE_DAYS = 30;

/** How long the daily sums of usage are kept: a year can be compared with the one before. */
export const USAGE_DAYS = 800;
