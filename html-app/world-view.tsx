import { LongText } from './long-text.tsx';
import { jsonText } from './shown.ts';
import { useUnfolded } from './timeline.tsx';

/** The final state of the world, folded. */
export function WorldView({ world }: { readonly world: unknown }) {
  const unfolded = useUnfolded();
  if (world === undefined || world === null) return null;
  return (
    <details class="world">
      <summary>World at the end</summary>
      <LongText text={jsonText(world)} name="world" unfolded={unfolded} code />
    </details>
  );
}
