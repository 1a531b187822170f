import { lazyOverlay } from '@/components/loading/lazy-overlay';

interface Props {
  readonly onClose: () => void;
}

/** Reading files is much code that few visits need. */
export const LazyImport = lazyOverlay<Props>(
  async () => (await import('./import-dialog')).ImportDialog,
);
