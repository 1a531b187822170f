import { counted } from '../parts/numbers';

/** A session on paper. */
export const printing = {
  partly: 'Earlier messages are not loaded. “Print…” in the chat’s menu prints all of them.',
};

/** The page that is printed. */
export const printed = {
  run: 'Print',
  preparing: 'Preparing the page…',
  back: 'Back to the chat',
  cut: (count: number) =>
    `Only the last ${counted(count, 'message', 'messages')} of this chat. An export has all of them.`,
};
