/** How long a deleted session can be restored; after that app/composition.ts has it purged. */
export const RESTORE_DAYS = 30;
