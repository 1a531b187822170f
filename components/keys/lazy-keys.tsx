import { lazyComponent } from '@/components/ui/lazy-component';

interface Props {
  readonly onClose: () => void;
}

const Nothing = () => null;

/** Few people need it. */
export const LazyKeys = lazyComponent<Props>({
  load: async () => (await import('./keys-panel')).KeysPanel,
  Until: Nothing,
  Without: Nothing,
});
