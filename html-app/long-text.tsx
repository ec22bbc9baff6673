import { counted } from '../src/report/figures.ts';
import { shown } from './shown.ts';

/** Which long texts are unfolded: kept by whoever shows a list, since its items come and go. */
export interface Unfolded {
  has(key: string): boolean;
  toggle(key: string): void;
}

const MOST_CHARACTERS = 1200;
const MOST_LINES = 16;

/** A text from outside; of a long one the beginning, with a button for the rest. */
export function LongText(props: {
  readonly text: string;
  readonly name: string;
  readonly unfolded: Unfolded;
  readonly code?: boolean;
}) {
  const { text, name, unfolded, code = false } = props;
  const short = shortened(text);
  const isWhole = short === text || unfolded.has(name);
  return (
    <div class="long">
      <pre class={code ? 'text code' : 'text'} dir="auto">
        {shown(isWhole ? text : `${short}…`)}
      </pre>
      {short !== text && (
        <button type="button" class="quiet" onClick={() => unfolded.toggle(name)}>
          {isWhole ? 'Show less' : `Show all (${counted(text.length, 'character')})`}
        </button>
      )}
    </div>
  );
}

/** The beginning of a text; the text itself where little would be left out. */
export function shortened(text: string): string {
  let end = 0;
  for (let line = 0; line < MOST_LINES && end !== -1; line++) end = text.indexOf('\n', end + 1);
  const cut = Math.min(end === -1 ? text.length : end, MOST_CHARACTERS);
  return text.length - cut < 200 ? text : text.slice(0, cut);
}
