import { DoctorPage } from '@/components/operator/doctor-page';
import { forOperators } from '../settings/settings-data';
import { titled } from '@/lib/http/identity/asked-language';

export const generateMetadata = titled(({ laterTexts }) => laterTexts.operator.doctor.title);

export default async function OperatorsDoctorPage() {
  await forOperators();
  return <DoctorPage />;
}
