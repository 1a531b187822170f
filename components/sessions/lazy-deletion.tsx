import { lazyComponent } from '@/components/ui/lazy-component';

interface Props {
  readonly onClose: () => void;
}

const Nothing = () => null;

/** Loads on demand: people rarely delete everything. */
export const LazyDeletion = lazyComponent<Props>({
  load: async () => (await import('./delete-everything')).DeleteEverything,
  Until: Nothing,
  Without: Nothing,
});
