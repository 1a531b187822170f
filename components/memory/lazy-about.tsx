import { lazyComponent } from '@/components/ui/lazy-component';

interface Props {
  readonly onClose: () => void;
}

const Nothing = () => null;

/** Few visits need it. */
export const LazyAbout = lazyComponent<Props>({
  load: async () => (await import('./about-panel')).AboutPanel,
  Until: Nothing,
  Without: Nothing,
});
