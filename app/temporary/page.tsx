import type { Metadata } from 'next';
import { TemporaryScreen } from '@/components/temporary/temporary-screen';
import { modelList } from '../page-data';
import { texts } from '@/lib/texts/texts';

export const metadata: Metadata = { title: texts.shell.titled(texts.temporary.title) };

export default async function TemporaryPage() {
  return <TemporaryScreen models={await modelList()} />;
}
