export const memory = {
  memory: 'Memory',
  close: 'Close the memory',
  about:
    'A short summary of this session that goes to the model with every message. The model keeps it up to date after each reply.',
  enable: 'Use and update the memory',
  label: 'What is remembered',
  placeholder: 'Nothing yet. The model adds notes here after a reply; you can also write your own.',
  save: 'Save',
  saved: 'The memory is saved',
  discard: 'Discard changes',
  forget: 'Forget',
  forgotten: 'Forgotten',
  isForgotten: 'The memory is forgotten',
  changedElsewhere: 'Changed elsewhere',
  changedMeanwhile:
    'The memory was changed elsewhere while you were editing. Choose a version. The other version:',
  history: 'History',
  byModel: 'Written by the model',
  byYou: 'Edited by you',
  current: 'Current',
  forgetHistory: {
    open: 'Forget it and its history…',
    title: 'Forget it and its history',
    what: 'This permanently deletes the memory and its earlier versions. The messages stay.',
    keep: 'Keep it',
    run: 'Forget all of it',
  },
};
