import { invalidFields } from '@/lib/errors';

/** Whose account a link is for: a reset needs a person, an invitation has none. Throws `invalid`. */
export function invitee(kind: 'invitation' | 'reset', person: string | undefined): string | null {
  if (kind === 'invitation') return null;
  if (person !== undefined) return person;
  const msg = 'Name the person whose password is to be set';
  throw invalidFields([{ loc: ['person'], msg, type: 'required' }]);
}
