import { lazyOverlay } from '@/components/loading/lazy-overlay';

interface Props {
  readonly sessionId: string;
  /** The session's version. The memory is reloaded when it changes. */
  readonly version: number;
  readonly onClose: () => void;
}

export const LazyMemory = lazyOverlay<Props>(
  async () => (await import('./memory-panel')).MemoryPanel,
);
