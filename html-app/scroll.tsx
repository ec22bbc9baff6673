import type { ComponentChildren } from 'preact';

/** Something wide, which scrolls by itself on a narrow screen. */
export function Scroll(props: {
  /** Id of the heading that names it. */
  readonly labelled: string;
  readonly children: ComponentChildren;
}) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be within reach of the keyboard
    <section class="scroll" tabIndex={0} aria-labelledby={props.labelled}>
      {props.children}
    </section>
  );
}
