import { lazyOverlay } from '@/components/loading/lazy-overlay';

interface Props {
  readonly onClose: () => void;
}

export const LazyConnect = lazyOverlay<Props>(
  async () => (await import('./connect-dialog')).ConnectDialog,
);
