/** Only in the log: nginx's status for a client that disconnected before the response. */
export const CLIENT_CLOSED_REQUEST = 499;
