import { lazyDialog } from '@/components/loading/lazy-dialog';

interface Props {
  readonly onClose: () => void;
}

/** Few visits need it. */
export const LazyAbout = lazyDialog<Props>(async () => (await import('./about-panel')).AboutPanel);
