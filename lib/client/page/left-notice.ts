import { tabStorage } from '@/lib/client/browser/safe-storage';

const PLACE = 'ask-next:notice';

/** Leaves words that are to be said once this tab has loaded a page anew. */
export const leaveNotice = (text: string): void => {
  tabStorage.setItem(PLACE, text);
};

/** Takes the words that were left; null: none. */
export function takeNotice(): string | null {
  const text = tabStorage.getItem(PLACE);
  if (text !== null) tabStorage.removeItem(PLACE);
  return text;
}
