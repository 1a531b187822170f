import { tabStorage } from '@/lib/client/browser/safe-storage';

const PLACE = 'ask-next:notice';

/** Stores a notice to show after this tab's next page load. */
export const storeNotice = (text: string): void => {
  tabStorage.setItem(PLACE, text);
};

/** Takes the stored notice; null: none. */
export function takeNotice(): string | null {
  const text = tabStorage.getItem(PLACE);
  if (text !== null) tabStorage.removeItem(PLACE);
  return text;
}
