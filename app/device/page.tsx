import type { Metadata } from 'next';
import { Entrance } from '@/components/accounts/entrance';
import { laterTexts } from '@/lib/texts/later-texts';
import { texts } from '@/lib/texts/texts';
import { entranceData, type EntranceProps } from '../account-data';

const { title, about } = laterTexts.accounts.device;

export const metadata: Metadata = { title: texts.shell.titled(title) };

/** The link's token is in the address, after "#". */
export default async function DevicePage({ searchParams }: EntranceProps) {
  const { next, problem } = await entranceData(searchParams);
  return <Entrance entrance="device" next={next} problem={problem} about={about} />;
}
