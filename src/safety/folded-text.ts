/** Letters of other scripts that look like Latin ones, and those that they look like. */
const ALIKE = letters('аеорсухіѕјһԁԛԝвкмнтгαορνικυτεχβ', 'aeopcyxisjhdqwbkmhtraopvikutexb');

function letters(from: string, to: string): ReadonlyMap<string, string> {
  return new Map([...from].map((letter, at) => [letter, to[at] ?? letter]));
}

/** A text as people see it: without case, accents, white space and what is not shown, and with look-alikes of Latin letters as these. */
export function foldedText(text: string): string {
  const plain = text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[\s\p{M}\p{Cf}]+/gu, '');
  return plain.replace(/[\u0370-\u052f]/g, (letter) => ALIKE.get(letter) ?? letter);
}
