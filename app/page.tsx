import { SessionScreen } from '@/components/chat/session-screen';
import { modelList } from './page-data';

/** A session that is still to be begun. */
export default async function NewSessionPage() {
  return <SessionScreen page={null} models={await modelList()} />;
}
