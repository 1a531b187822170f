import { lazyOverlay } from '@/components/loading/lazy-overlay';

interface Props {
  readonly onClose: () => void;
}

/** Loads on demand: people rarely delete everything. */
export const LazyDeletion = lazyOverlay<Props>(
  async () => (await import('./delete-everything')).DeleteEverything,
);
