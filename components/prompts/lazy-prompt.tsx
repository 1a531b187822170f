import { lazyOverlay } from '@/components/loading/lazy-overlay';

interface Props {
  readonly sessionId: string;
  readonly messageId: string;
  readonly onClose: () => void;
}

export const LazyPrompt = lazyOverlay<Props>(
  async () => (await import('./prompt-dialog')).PromptDialog,
);
