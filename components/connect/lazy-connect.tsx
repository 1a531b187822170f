import { lazyDialog } from '@/components/loading/lazy-dialog';

interface Props {
  readonly onClose: () => void;
}

export const LazyConnect = lazyDialog<Props>(
  async () => (await import('./connect-dialog')).ConnectDialog,
);
