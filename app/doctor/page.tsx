import type { Metadata } from 'next';
import { DoctorPage } from '@/components/operator/doctor-page';
import { laterTexts } from '@/lib/texts/later-texts';
import { texts } from '@/lib/texts/texts';
import { forOperators } from '../settings/settings-data';

export const metadata: Metadata = { title: texts.shell.titled(laterTexts.operator.doctor.title) };

export default async function OperatorsDoctorPage() {
  await forOperators();
  return <DoctorPage />;
}
