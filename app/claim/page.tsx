import { redirect } from 'next/navigation';
import '@/components/accounts/accounts.css';
import { Claim } from '@/components/accounts/claim';
import { claimData, type AuthPageProps } from '../account-data';
import { titled } from '@/lib/http/identity/asked-language';

export const generateMetadata = titled(({ laterTexts }) => laterTexts.accounts.claim.title);

/** Comes after signing in, where this browser has sessions of a visitor. */
export default async function ClaimPage({ searchParams }: AuthPageProps) {
  const { count, next } = await claimData(searchParams);
  if (count === 0) redirect(next);
  return (
    <div className="auth" id="main" tabIndex={-1}>
      <Claim count={count} later={next} />
    </div>
  );
}
