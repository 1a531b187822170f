import { UsagePage } from '@/components/usage/usage-page';
import { usagePageData, type UsagePageProps } from './usage-page-data';
import { pageTexts, titled } from '@/lib/http/identity/asked-language';

export const generateMetadata = titled(({ laterTexts }) => laterTexts.usage.title);

export default async function Usage({ searchParams }: UsagePageProps) {
  const { laterTexts } = await pageTexts();
  return <UsagePage words={laterTexts.usage} usage={await usagePageData(searchParams)} />;
}
