import { lazyComponent } from '@/components/ui/lazy-component';

interface Props {
  readonly sessionId: string;
  readonly messageId: string;
  readonly onClose: () => void;
}

const Nothing = () => null;

export const LazyPrompt = lazyComponent<Props>({
  load: async () => (await import('./prompt-dialog')).PromptDialog,
  Until: Nothing,
  Without: Nothing,
});
