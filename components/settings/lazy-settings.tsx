import { lazyDialog } from '@/components/loading/lazy-dialog';

interface Props {
  readonly sessionId: string;
  readonly onClose: () => void;
}

export const LazySettings = lazyDialog<Props>(
  async () => (await import('./session-settings')).SessionSettings,
);
