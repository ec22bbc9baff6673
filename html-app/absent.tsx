import { countText } from '../src/report/figures.ts';
import type { LeftOut } from '../src/report/html/payload.ts';
import type { Page } from './page.ts';
import { shown } from './shown.ts';

/** Says that a trial's details are not in the file, and where they are. */
export function Absent(props: {
  readonly page: Page;
  readonly id: string;
  readonly words?: string;
}) {
  const { page, id, words = '' } = props;
  const { run, comparison } = page.report;
  const leftOut = run?.left_out;
  const named = run?.facts.id ?? comparison?.diff.head.run ?? '';
  return (
    <div class="callout">
      {words !== '' && <p dir="auto">{shown(words)}</p>}
      <p>
        The steps of this trial are not in this file
        {leftOut ? `: ${leftOutWords(leftOut)}` : ', which holds only so much'}. On the machine of
        the run,{' '}
        <code>
          agentops show {shown(named)} {shown(id)}
        </code>{' '}
        shows them.
      </p>
    </div>
  );
}

/** Why trials are left out, and how many. */
export function leftOutWords({ embedded, left, budget }: LeftOut): string {
  const size = `${Math.round(budget / 1024 / 1024)} MB`;
  return `a page holds ${size} of trials, here ${countText(embedded)} that did not pass or changed, and not the other ${countText(left)}`;
}
