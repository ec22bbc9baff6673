/** Characters of a trial's id that are shown, and that `show` takes. */
export const SHORT_ID = 12;
