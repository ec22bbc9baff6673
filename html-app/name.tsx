import { Fragment } from 'preact';
import { shown } from './shown.ts';

const LONG = 28;

/** A name from outside in a table: a short one stands on one line, a long one on several, parted behind its signs where it can be. */
export function Name({ text }: { readonly text: string }) {
  if (text.length <= LONG) return <bdi class="name">{shown(text)}</bdi>;
  return (
    <bdi class="name is-long">
      {shown(text)
        .split(/(?<=[_/.])(?=\w)/)
        .map((part, index) => (
          <Fragment key={index}>
            {index > 0 && <wbr />}
            {part}
          </Fragment>
        ))}
    </bdi>
  );
}
