import { lazyComponent } from '@/components/ui/lazy-component';

interface Props {
  readonly sessionId: string;
  /** The session's version. The memory is reloaded when it changes. */
  readonly version: number;
  readonly onClose: () => void;
}

const Nothing = () => null;

export const LazyMemory = lazyComponent<Props>({
  load: async () => (await import('./memory-panel')).MemoryPanel,
  Until: Nothing,
  Without: Nothing,
});
