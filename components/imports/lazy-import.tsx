import { lazyDialog } from '@/components/loading/lazy-dialog';

interface Props {
  readonly onClose: () => void;
}

/** Reading files is much code that few visits need. */
export const LazyImport = lazyDialog<Props>(
  async () => (await import('./import-dialog')).ImportDialog,
);
