export const dates = {
  locale: 'de',
  alone: (day: string) => day.charAt(0).toUpperCase() + day.slice(1),
};
