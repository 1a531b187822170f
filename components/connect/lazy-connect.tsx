import { lazyComponent } from '@/components/ui/lazy-component';

interface Props {
  readonly onClose: () => void;
}

const Nothing = () => null;

export const LazyConnect = lazyComponent<Props>({
  load: async () => (await import('./connect-dialog')).ConnectDialog,
  Until: Nothing,
  Without: Nothing,
});
