import { lazyDialog } from '@/components/loading/lazy-dialog';

interface Props {
  readonly sessionId: string;
  readonly messageId: string;
  readonly onClose: () => void;
}

export const LazyPrompt = lazyDialog<Props>(
  async () => (await import('./prompt-dialog')).PromptDialog,
);
