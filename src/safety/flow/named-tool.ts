/** Words that somebody said. */
export interface SaidWords {
  has(word: string): boolean;
}

/** Words in names of tools that say nothing of what a tool is about. */
const EMPTY = new Set(
  'get all the for and from with find list search read fetch look show most recent new current day info information data tool'.split(
    ' ',
  ),
);
const WORD = /\p{Lu}?\p{Ll}+|\p{Lu}+(?!\p{Ll})|\p{L}+/gu;

/** Words for one kind of action: who says one may mean a tool that is named after another. */
const KINDS = [
  'pay payment money transfer wire refund reimburse transaction deposit bill invoice rent charge buy purchase order checkout',
  'send email mail message forward reply respond answer write tell inform notify post publish share contact dm text invite ping',
  'book reserve reservation schedule reschedule appointment event calendar meeting reminder remind invite participant',
  'update change modify adjust edit set correct rename move replace append add put save',
  'create make write add new save note file document append upload',
  'delete remove cancel clear drop erase',
].map((words) => new Set(words.split(' ')));

/** Whether some word of a tool's name is among words that were said, singular or plural: `emails` of `search_emails`. */
export function isNamed(tool: string, said: SaidWords): boolean {
  return wordsOf(tool).some((word) => !EMPTY.has(word) && isSaid(word, said));
}

/** Whether words that were said ask for what a tool does, by a word of its name or one of the same kind: `pay` for `send_money`. */
export function isAskedFor(tool: string, said: SaidWords): boolean {
  const words = wordsOf(tool).map((word) => [word, word.replace(/s$/, '')]);
  const kinds = KINDS.filter((kind) => words.flat().some((word) => kind.has(word)));
  return isNamed(tool, said) || kinds.some((kind) => [...kind].some((word) => isSaid(word, said)));
}

function wordsOf(tool: string): string[] {
  return [...tool.matchAll(WORD)]
    .map(([word]) => word.toLowerCase())
    .filter(({ length }) => length > 1);
}

function isSaid(word: string, said: SaidWords): boolean {
  const bare = word.endsWith('s') ? word.slice(0, -1) : word;
  return [bare, `${bare}s`, `${bare}es`, `${bare}ed`, `${bare}ing`].some((one) => said.has(one));
}
