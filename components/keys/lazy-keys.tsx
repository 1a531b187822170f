import { lazyOverlay } from '@/components/loading/lazy-overlay';

interface Props {
  readonly onClose: () => void;
}

/** Few people need it. */
export const LazyKeys = lazyOverlay<Props>(async () => (await import('./keys-panel')).KeysPanel);
