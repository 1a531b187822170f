/** A chat that is stored nowhere. */
export const temporary = {
  title: 'Temporary chat',
  about:
    'This chat is not saved on this server or in this browser. It appears in no list, search or export, and is gone when you reload or close this tab.',
  hint: 'The model’s provider may still keep what is sent to it.',
  clear: 'Clear it now',
};
