/** Only for the log: what nginx writes there of a client that left before its answer. */
export const CLIENT_LEFT = 499;
