import { lazyOverlay } from '@/components/loading/lazy-overlay';

interface Props {
  readonly sessionId: string;
  readonly onClose: () => void;
}

export const LazySettings = lazyOverlay<Props>(
  async () => (await import('./session-settings')).SessionSettings,
);
