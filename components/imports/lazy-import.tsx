import { lazyComponent } from '@/components/ui/lazy-component';

interface Props {
  readonly onClose: () => void;
}

const Nothing = () => null;

/** Reading files is much code that few visits need. */
export const LazyImport = lazyComponent<Props>({
  load: async () => (await import('./import-dialog')).ImportDialog,
  Until: Nothing,
  Without: Nothing,
});
