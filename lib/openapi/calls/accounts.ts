import { z } from 'zod';
import {
  changePasswordInput,
  editPersonInput,
  LINK_KINDS,
  newLinkInput,
  openLinkInput,
  ROLES_OF_PEOPLE,
  signInInput,
  signUpInput,
} from '@/lib/accounts/person';
import { WAYS } from '@/lib/accounts/ways/way';
import { BODY, response, noContent, type Call, type Calls } from './call';
import { id, time } from './shapes';

const person = z
  .object({
    id,
    name: z.string(),
    role: z.enum(ROLES_OF_PEOPLE),
    created_at: time,
    disabled_at: time.nullable().describe('Since then the account cannot be used'),
  })
  .meta({ id: 'Person' });

const ways = z.array(z.enum(WAYS)).describe('How the person can sign in');

const account = z.object({ ...person.shape, ways }).meta({ id: 'Account' });

const listedPerson = z
  .object({ ...person.shape, ways, last_seen_at: time.nullable() })
  .meta({ id: 'ListedPerson' });

const signIn = z
  .object({
    id,
    device: z.string(),
    created_at: time,
    last_seen_at: time,
    current: z.boolean(),
  })
  .meta({ id: 'SignIn' });

const link = z
  .object({
    id,
    kind: z.enum(LINK_KINDS),
    person: id.nullable(),
    note: z.string().nullable(),
    ends_at: time,
  })
  .meta({ id: 'Link' });

const newLink = z
  .object({ id, kind: z.enum(LINK_KINDS), token: z.string(), ends_at: time })
  .meta({ id: 'NewLink' });

const entered = response('The path to go to', z.object({ next: z.string() }));
/** `not-found`: with another `ACCESS` than `accounts`. */
const ANY: Call['failures'] = ['not-found'];
const next = { next: z.string().optional().describe('A path on this server') };

export const accountCalls: Calls = {
  '/api/auth/sign-up': {
    post: {
      title: 'Make an account',
      body: signUpInput.extend(next),
      responses: [entered],
      failures: BODY,
    },
  },
  '/api/auth/sign-in': {
    post: {
      title: 'Sign in',
      body: signInInput.extend(next),
      responses: [entered],
      failures: BODY,
    },
  },
  '/api/auth/link': {
    post: {
      title: 'Sign in by a link',
      body: openLinkInput.extend(next),
      responses: [entered],
      failures: BODY,
    },
  },
  '/api/auth/sign-out': {
    post: { title: 'Sign out', responses: [noContent('Signed out')], failures: ANY },
  },
  '/api/auth/sign-ins': {
    get: {
      title: 'List the browsers in which you are signed in',
      responses: [response('All of them', z.object({ sign_ins: z.array(signIn) }))],
      failures: ANY,
    },
    delete: {
      title: 'Sign out everywhere else',
      responses: [noContent('Signed out')],
      failures: ANY,
    },
  },
  '/api/auth/sign-ins/{id}': {
    delete: { title: 'Sign a browser out', responses: [noContent('Signed out')], failures: ANY },
  },
  '/api/auth/password': {
    put: {
      title: 'Change your password',
      body: changePasswordInput,
      responses: [noContent('Changed')],
      failures: BODY,
    },
  },
  '/api/auth/claim': {
    get: {
      title: 'Count what this browser has from before you signed in',
      responses: [response('How many sessions', z.object({ sessions: z.int() }))],
      failures: ANY,
    },
    post: {
      title: 'Take it to your account',
      responses: [response('How many sessions', z.object({ moved: z.int() }))],
      failures: ANY,
    },
  },
  '/api/auth/links': {
    get: {
      title: 'List invitations and other links',
      description: 'Operators only.',
      responses: [response('All that still work', z.object({ links: z.array(link) }))],
      failures: ANY,
    },
    post: {
      title: 'Make a link',
      description: 'Members make only those of the kind `device`.',
      body: newLinkInput,
      responses: [response('The link with its token, shown once', newLink, { status: 201 })],
      failures: BODY,
    },
  },
  '/api/auth/links/{id}': {
    delete: {
      title: 'Withdraw a link',
      description: 'Operators only.',
      responses: [noContent('Withdrawn')],
      failures: ANY,
    },
  },
  '/api/account': {
    get: {
      title: 'Read your account',
      responses: [response('The account', account)],
      failures: ANY,
    },
    delete: {
      title: 'Delete your account with everything in it',
      query: z.object({ everything: z.literal('true') }),
      responses: [noContent('Deleted')],
      failures: ['not-found', 'conflict'],
    },
  },
  '/api/people': {
    get: {
      title: 'List people',
      description: 'Operators only.',
      responses: [
        response('Everybody with an account', z.object({ people: z.array(listedPerson) })),
      ],
      failures: ANY,
    },
  },
  '/api/people/{id}': {
    patch: {
      title: 'Change a person’s role, or disable the account',
      description:
        'Operators only. A disabled account is signed out, its running turns are stopped and its keys refused, until it is enabled.',
      body: editPersonInput,
      responses: [response('The person', person)],
      failures: BODY,
    },
    delete: {
      title: 'Delete a person’s account with everything in it',
      description: 'Operators only.',
      responses: [noContent('Deleted')],
      failures: ['not-found', 'conflict'],
    },
  },
};
