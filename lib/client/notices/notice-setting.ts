import { useSetting } from '@/lib/client/browser/use-setting';

const canNotify = (): boolean => typeof Notification !== 'undefined';

/** The setting, and the browser's permission, which a person can take back. */
export const isOn = (stored: string | null): boolean =>
  stored === 'on' && canNotify() && Notification.permission === 'granted';

/** Whether this browser tells when a reply is done, and a switch, which a click must turn: browsers demand one. */
export function useNoticeSetting(): {
  readonly on: boolean;
  /** Resolves with false where the browser does not allow notices. */
  readonly turn: () => Promise<boolean>;
} {
  const [stored, set] = useSetting('notices');
  const on = isOn(stored);
  const turn = async () => {
    if (on) {
      set('off');
      return true;
    }
    const isAllowed = canNotify() && (await Notification.requestPermission()) === 'granted';
    if (isAllowed) set('on');
    return isAllowed;
  };
  return { on, turn };
}
