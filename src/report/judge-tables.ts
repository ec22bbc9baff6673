import type { JudgeFigures } from '../model/judge-figures.ts';
import { counted } from './figures.ts';
import type { Ink } from './ink.ts';
import { type JudgeColumn, judgeColumns } from './judge-cells.ts';
import { markdownTable, markdownText } from './markdown-text.ts';
import { type Column, drawTable } from './table.ts';
import { wrap } from './wrap.ts';

const MOST_ROWS = 50;
const LONGEST_NAME = 80;

/** A table of LLM judges: how often each answered, what it said, and how far it is believed; nothing where none was asked. */
export async function judgeTable(all: readonly JudgeFigures[], ink: Ink): Promise<string[]> {
  if (all.length === 0) return [];
  const parts = judgeColumns(all);
  const rows = all.slice(0, MOST_ROWS).map((figures) =>
    parts.map(({ text, isName }) => {
      const cell = text(figures, ink.signs.none);
      return { text: isName ? ink.line(cell, LONGEST_NAME) : cell };
    }),
  );
  const lines = await drawTable(parts.map(columnOf), rows, ink, '  ');
  const more = leftText(all).flatMap((text) => wrap(`${ink.signs.ellipsis} ${text}`, ink.width));
  return [ink.strong('Judges'), ...lines, ...more, ''];
}

/** The same as Markdown. */
export function judgeBlocks(all: readonly JudgeFigures[]): string[] {
  if (all.length === 0) return [];
  const parts = judgeColumns(all);
  const rows = all
    .slice(0, MOST_ROWS)
    .map((figures) =>
      parts.map(({ text, isName }) =>
        isName ? markdownText(text(figures, '–')) : text(figures, '–'),
      ),
    );
  const heads = parts.map(({ head }) => head);
  return [markdownTable(heads, rows), ...leftText(all).map((text) => `${text}\n`)];
}

function leftText(all: readonly JudgeFigures[]): string[] {
  const left = all.length - MOST_ROWS;
  return left > 0 ? [`${counted(left, 'more line')}: the json report has them`] : [];
}

function columnOf({ head, isName }: JudgeColumn): Column {
  if (isName) return { head, least: 8, ...(head === 'Suite' && { spare: 5 }) };
  return { head, align: 'right', ...(Object.hasOwn(SPARE, head) && { spare: SPARE[head] ?? 0 }) };
}

/** What goes first where the terminal is narrow. */
const SPARE: Readonly<Record<string, number>> = { Flips: 4, Canaries: 3, Errors: 2, Corrected: 1 };
