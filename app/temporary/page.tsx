import { TemporaryScreen } from '@/components/temporary/temporary-screen';
import { modelList } from '../page-data';
import { titled } from '@/lib/http/identity/asked-language';

export const generateMetadata = titled(({ laterTexts }) => laterTexts.temporary.title);

export default async function TemporaryPage() {
  return <TemporaryScreen models={await modelList()} />;
}
