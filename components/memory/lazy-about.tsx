import { lazyOverlay } from '@/components/loading/lazy-overlay';

interface Props {
  readonly onClose: () => void;
}

/** Few visits need it. */
export const LazyAbout = lazyOverlay<Props>(async () => (await import('./about-panel')).AboutPanel);
