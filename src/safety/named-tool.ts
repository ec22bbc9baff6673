/** Words in names of tools that say nothing of what a tool is about. */
const EMPTY = new Set(
  'get all the for and from with find list search read fetch look show most recent new current day info information data tool'.split(
    ' ',
  ),
);
const WORD = /\p{Lu}?\p{Ll}+|\p{Lu}+(?!\p{Ll})|\p{L}+/gu;

/** Whether some word of a tool's name is among words that were said, singular or plural: `send` of `send_email`. */
export function isNamed(tool: string, said: ReadonlySet<string>): boolean {
  for (const [part] of tool.matchAll(WORD)) {
    const word = part.toLowerCase();
    if (word.length < 3 || EMPTY.has(word)) continue;
    const bare = word.endsWith('s') ? word.slice(0, -1) : word;
    if ([bare, `${bare}s`, `${bare}es`, `${bare}ed`, `${bare}ing`].some((one) => said.has(one)))
      return true;
  }
  return false;
}
