import { lazyDialog } from '@/components/loading/lazy-dialog';

interface Props {
  readonly sessionId: string;
  /** The session's version. The memory is reloaded when it changes. */
  readonly version: number;
  readonly onClose: () => void;
}

export const LazyMemory = lazyDialog<Props>(
  async () => (await import('./memory-panel')).MemoryPanel,
);
