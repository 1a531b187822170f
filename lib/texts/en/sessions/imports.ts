import type { SentencesOf, Values } from '../../parts/sentences';
import { grouped } from '../parts/numbers';
import type { ImportKindName, ImportReasonName } from '../../parts/import-names';

const sessions = (count: number) => (count === 1 ? '1 chat' : `${grouped(count)} chats`);

/** Importing a file of this or another app, and exporting everything. */
export const imports = {
  title: 'Import conversations',
  about:
    'Choose an export of Ask-Next, Ask-Flask, ChatGPT, Claude, Open WebUI or LibreChat, as JSON or zip. It is read in this browser, and nothing is stored before you have seen what is in it.',
  choose: 'Choose a file',
  drop: 'or drop it here',
  reading: (count: number) => `Reading… ${sessions(count)} so far`,
  importing: (count: number, total: number) => `${grouped(count)} of ${grouped(total)} done`,
  report: (name: string) => `In ${name}`,
  result: 'Import finished',
  stopped:
    'Import cancelled. The chats imported so far are kept. Import the file again to continue.',
  failed:
    'Import interrupted. The chats imported so far are kept. Import the file again to continue.',
  run: (count: number) => `Import ${sessions(count)}`,
  nothing: 'There is nothing to import: everything is here already, or cannot be imported.',
  close: 'Close',
  progress: 'Progress of the import',
  list: 'Conversations in this file',
  count: grouped,
  more: (count: number) => `and ${grouped(count)} more`,
  untitled: 'Without a title',
  leftOut: (count: number) =>
    count === 1
      ? 'An image or other file is left out: a line in its message names it.'
      : `${grouped(count)} images and other files are left out: a line in each message names them.`,
  withoutFiles: (count: number) =>
    count === 1 ? ', without 1 image or file' : `, without ${grouped(count)} images or files`,
  conflicts:
    'A chat that was changed here and in the file is left as it is; nothing is overwritten. To have the file’s version too, first fork the last message of yours into a new chat, delete the old one permanently, and import the file again.',
  before: {
    new: 'new',
    newer: 'with newer messages',
    same: 'already here',
    conflict: 'changed here and in the file',
    skipped: 'left out',
  } satisfies Record<ImportKindName, string>,
  after: {
    new: 'imported',
    newer: 'updated',
    same: 'already here',
    conflict: 'left as they are: changed here and in the file',
    skipped: 'left out',
  } satisfies Record<ImportKindName, string>,
  reasons: {
    empty: 'It has no visible messages.',
    cycle: 'Its messages reply to each other in a loop.',
    'missing-parent': 'Some of its messages are missing.',
    'duplicate-message': 'Two of its messages have the same id.',
    invalid: 'One of its fields is invalid.',
    unknown: 'It is not a conversation.',
    'missing-file': 'The export refers to this file but does not contain it.',
    'inner-zip': 'This is a zip in the zip. Unpack it and import it by itself.',
    unreadable: 'This file of the zip cannot be read; no conversations were found in it.',
    deleted: 'It is in “Recently deleted”. Restore it there.',
    'too-large': 'It is larger than the server takes in one request.',
    OWNER_MAX_SESSIONS: 'You have reached the limit of chats (OWNER_MAX_SESSIONS).',
    OWNER_MAX_MESSAGES: 'You have reached the limit of messages (OWNER_MAX_MESSAGES).',
    OWNER_MAX_MEGABYTES: 'You have reached the limit of storage (OWNER_MAX_MEGABYTES).',
  } satisfies Record<ImportReasonName, string>,
};

const limit = ({ limit: most }: Values) =>
  most === undefined ? 'as many as possible' : grouped(most);

/** Why a file of another program was not read: the page finds most of it itself. */
export const unreadableFile = {
  unknown:
    'No conversations were found in this file. Choose an export of Ask-Next, Ask-Flask, ChatGPT, Claude, Open WebUI or LibreChat.',
  'not-json': 'This file is neither JSON nor a zip, or it is damaged. Export it again.',
  'not-utf8': 'This file has characters that are not UTF-8. Export it again.',
  'cut-off': 'This file ends in the middle. Download or export it again.',
  version: 'A later version of Ask-Next wrote this file. Update this server first.',
  zip: 'This zip is damaged or cut off. Download it again.',
  encrypted: 'This zip has a password. Unpack it and import the JSON file in it.',
  'unsafe-name': 'A file name in this zip points outside of it, so it was not read.',
  entries: (values) => `This zip has more than ${limit(values)} files. Import fewer at a time.`,
  unpacked: (values) =>
    `The conversations in this zip are larger than ${limit(values)} MB. Import fewer at a time.`,
  ratio: (values) =>
    `A file in this zip unpacks to more than ${limit(values)} times its size, so it was not read.`,
  depth: (values) =>
    `This file is nested more than ${limit(values)} levels deep, so it was not read.`,
  values: (values) =>
    `A conversation in this file has more than ${limit(values)} values, so it was not read.`,
  conversation: (values) =>
    `A conversation in this file is larger than ${limit(values)} MB, so it was not read.`,
  time: (values) =>
    `Reading this file takes longer than ${limit(values)} seconds. Import it on the page, or in parts.`,
} satisfies SentencesOf<'unreadable-file'>;
