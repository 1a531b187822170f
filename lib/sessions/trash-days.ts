/** A deleted session can be restored for so long. */
export const TRASH_DAYS = 30;
