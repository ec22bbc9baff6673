import { htmlText } from './inert.ts';
import type { PageAssets } from './page-assets.ts';

/** What a page says without JavaScript. */
export interface PlainWords {
  readonly title: string;
  /** The gate's answer in one line. */
  readonly gate: string;
  readonly reasons: readonly string[];
  /** Figures, a sentence each. */
  readonly facts: readonly string[];
}

/** A page up to its data. The policy comes first: nothing that stands before it would be held to it. */
export function pageStart(words: PlainWords, { style, policy }: PageAssets): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="light dark">
<meta name="generator" content="agentops">
<title>${htmlText(words.title)}</title>
<style>${style}</style>
</head>
<body>
${plainWords(words)}
<div id="app"></div>
`;
}

/** The script, which runs once the data before it are there, and before those behind it. */
export function pageScript({ script }: PageAssets): string {
  return `<script>${script}</script>\n`;
}

/** Ends a page. */
export const PAGE_END = '</body>\n</html>\n';

function plainWords({ title, gate, reasons, facts }: PlainWords): string {
  const items = reasons.map((reason) => `<li>${htmlText(reason)}</li>`).join('\n');
  const lines = facts.map((fact) => `<p>${htmlText(fact)}</p>`).join('\n');
  return `<noscript>
<h1>${htmlText(title)}</h1>
<p><strong>${htmlText(gate)}</strong></p>
<ul>
${items}
</ul>
${lines}
<p>Tasks, trials and their steps are shown with JavaScript, which runs in this page alone: it reads and sends nothing.</p>
</noscript>`;
}
