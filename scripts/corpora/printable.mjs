// Other people's text in a report.

/**
 * Keys are other people's text.
 * @param {string} text
 */
export function printable(text) {
  return text.replace(/\p{C}/gu, '?');
}
