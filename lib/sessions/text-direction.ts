const RTL =
  /^\P{L}*[\p{Script=Adlam}\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Nko}\p{Script=Syriac}\p{Script=Thaana}]/u;

/** What `dir="auto"` makes of a text, where its style depends on it too: builds make languages of CSS's `:dir`. */
export const directionOfText = (text: string): 'ltr' | 'rtl' => (RTL.test(text) ? 'rtl' : 'ltr');
