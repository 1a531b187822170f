import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import '@/components/accounts/accounts.css';
import { Claim } from '@/components/accounts/claim';
import { laterTexts } from '@/lib/texts/later-texts';
import { texts } from '@/lib/texts/texts';
import { claimData, type AuthPageProps } from '../account-data';

export const metadata: Metadata = { title: texts.shell.titled(laterTexts.accounts.claim.title) };

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
