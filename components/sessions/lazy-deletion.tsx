import { lazyDialog } from '@/components/loading/lazy-dialog';

interface Props {
  readonly onClose: () => void;
}

/** Loads on demand: people rarely delete everything. */
export const LazyDeletion = lazyDialog<Props>(
  async () => (await import('./delete-everything')).DeleteEverything,
);
