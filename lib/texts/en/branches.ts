/** Versions of a message, and what can be done with one. */
export const branches = {
  place: (at: number, of: number) => `Version ${String(at)} of ${String(of)}`,
  shortPlace: (at: number, of: number) => `${String(at)}/${String(of)}`,
  previous: 'Previous version',
  next: 'Next version',
  edit: 'Edit message',
  edited: 'Edited message',
  send: 'Send',
  regenerate: 'Regenerate',
  moreOnMessage: 'More actions for this message',
  moreOnReply: 'More actions for this reply',
  copy: 'Copy message',
  forked: 'This is a new chat with a copy of the messages so far.',
  copied: 'Copied.',
  notCopied: 'The browser did not allow copying.',
  notRegenerated: (reason: string) => `No other reply was written. ${reason}`,
};
