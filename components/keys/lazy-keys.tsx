import { lazyDialog } from '@/components/loading/lazy-dialog';

interface Props {
  readonly onClose: () => void;
}

/** Few people need it. */
export const LazyKeys = lazyDialog<Props>(async () => (await import('./keys-panel')).KeysPanel);
