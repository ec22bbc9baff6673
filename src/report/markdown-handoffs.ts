import type { Finding } from './findings.ts';
import { markdownText } from './markdown-text.ts';
import { mermaidOf } from './mermaid-handoffs.ts';
import type { ReportedRun } from './reporter.ts';

/** The most diagrams in one comment. */
const MOST_DIAGRAMS = 5;

/** Diagrams of the hand-overs of the first findings that have any, each in a block that forges draw. */
export async function handoffBlocks(
  run: ReportedRun,
  findings: readonly Finding[],
): Promise<string[]> {
  const blocks: string[] = [];
  for (const { result } of findings) {
    if (blocks.length === MOST_DIAGRAMS) break;
    const trajectory = await run.trajectory(result);
    const diagram = trajectory ? mermaidOf(trajectory.steps) : '';
    if (diagram === '') continue;
    const name = markdownText(result.task ?? 'no task named');
    blocks.push(
      `**${name}** by ${markdownText(result.agent)}\n\n\`\`\`mermaid\n${diagram}\`\`\`\n`,
    );
  }
  return blocks;
}
