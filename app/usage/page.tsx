import type { Metadata } from 'next';
import { UsagePage } from '@/components/usage/usage-page';
import { laterTexts } from '@/lib/texts/later-texts';
import { texts } from '@/lib/texts/texts';
import { usagePageData, type UsagePageProps } from './usage-page-data';

export const metadata: Metadata = { title: texts.shell.titled(laterTexts.usage.title) };

export default async function Usage({ searchParams }: UsagePageProps) {
  return <UsagePage usage={await usagePageData(searchParams)} />;
}
