import { SessionScreen } from '@/components/chat/session-screen';
import { modelList } from './page-data';

/** A new session, which is created with its first message. */
export default async function NewSessionPage() {
  return <SessionScreen page={null} models={await modelList()} />;
}
