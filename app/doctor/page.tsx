import type { Metadata } from 'next';
import { DoctorPage } from '@/components/operator/doctor-page';
import { texts } from '@/lib/texts/texts';
import { forOperators } from '../settings-data';

export const metadata: Metadata = { title: texts.shell.titled(texts.operator.doctor.title) };

export default async function OperatorsDoctorPage() {
  await forOperators();
  return <DoctorPage />;
}
