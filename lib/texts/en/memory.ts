import { grouped } from './parts/numbers';

const characters = (count: number, most: number) =>
  `${grouped(count)} of ${grouped(most)} characters`;

export const memory = {
  memory: 'Memory',
  close: 'Close the memory',
  about:
    'A short summary of this chat that goes to the model with every message. The model keeps it up to date after each reply.',
  enable: 'Use and update the memory',
  notHere:
    'Memory is switched off on this server: it is not sent to the model, and no reply changes it. What is stored here you can still read, edit and forget.',
  label: 'Memory of this chat',
  placeholder: 'Nothing yet. The model adds notes here after a reply; you can also write your own.',
  placeholderOff: 'Nothing yet. You can write notes here.',
  size: characters,
  pin: (line: string) => `Pin: ${line}`,
  pinned: (line: string) => `Pinned: ${line}`,
  pinTip: 'Pin: the model may not drop or change this line',
  unpinTip: 'Pinned. Press to unpin',
  forgetLine: (line: string) => `Forget: ${line}`,
  forgetTip: 'Forget this line',
  edit: 'Edit as text',
  save: 'Save',
  saved: 'Memory saved',
  discard: 'Discard changes',
  done: 'Close the editor',
  forget: 'Forget all',
  forgotten: 'Forgotten',
  isForgotten: 'Memory forgotten',
  changedElsewhere: 'Changed elsewhere',
  changedMeanwhile:
    'This was changed elsewhere while you were editing. Choose a version. The other version:',
  history: 'History',
  byModel: 'The model',
  byYou: 'You',
  added: 'Added:',
  removed: 'Removed:',
  unknownChange: 'The oldest version that is kept',
  rewritten: 'Only the order or blank lines changed',
  toMessage: 'Go to the reply',
  undo: 'Undo',
  undoOf: (when: string) => `Undo the change of ${when}`,
  earlier: 'Show earlier changes',
  forgetHistory: {
    open: 'Forget text and history…',
    title: 'Forget text and history',
    what: 'This permanently deletes the text and its earlier versions. The messages stay.',
    keep: 'Keep it',
    run: 'Forget permanently',
  },
  me: {
    title: 'About me',
    close: 'Close About me',
    about:
      'What the model should know about you in every chat, such as your name, your work, or how you like answers. It is sent with every message. Leave it empty to send nothing.',
    label: 'What the model knows about you',
    placeholder: 'I am a nurse in Oslo. Answer briefly, in metric units.',
    saved: 'Text saved',
    isForgotten: 'Text forgotten',
  },
};
