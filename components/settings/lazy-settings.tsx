import { lazyComponent } from '@/components/ui/lazy-component';

interface Props {
  readonly sessionId: string;
  readonly onClose: () => void;
}

const Nothing = () => null;

export const LazySettings = lazyComponent<Props>({
  load: async () => (await import('./session-settings')).SessionSettings,
  Until: Nothing,
  Without: Nothing,
});
