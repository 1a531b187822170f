/** How dates are written. */
export const dates = {
  locale: 'en',
  /** A day, today or Nov 24, 2026, that stands alone. */
  alone: (day: string) => day.charAt(0).toUpperCase() + day.slice(1),
};
