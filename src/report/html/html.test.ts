import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { sampleRun } from '../sample-run.test-support.ts';
import { htmlPage } from './html.ts';
import { pageAssets } from './page-assets.ts';
import type { ListedTrial, PagePair, PageReport, TrialDetail } from './payload.ts';
import { comparedPageRun, pageRun } from './sample-page.test-support.ts';

const ASSETS = pageAssets('run()', 'p{}');

async function pageOf(run = pageRun(), budget?: number): Promise<string> {
  let text = '';
  for await (const piece of htmlPage(run, async () => ASSETS, budget)) text += piece;
  return text;
}

/** The data of a block, null where there is none. */
function blockOf<Data>(page: string, id: string): Data | null {
  const text = new RegExp(`<script type="application/json" id="${id}">([^<]*)</script>`).exec(page);
  return text?.[1] === undefined ? null : (JSON.parse(text[1]) as Data); // what the test is about
}

describe('htmlPage()', () => {
  it('states a policy that lets the two assets run and nothing else, before anything it would hold', async () => {
    const page = await pageOf();
    const digest = (text: string) => createHash('sha256').update(text).digest('base64');
    const policy = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(page)?.[1];
    expect(policy).toBe(
      `default-src 'none'; script-src 'sha256-${digest('run()')}'; style-src 'sha256-${digest('p{}')}'; base-uri 'none'; form-action 'none'`,
    );
    expect(page.indexOf('Content-Security-Policy')).toBeLessThan(page.indexOf('<style>'));
    expect(page).toContain('<style>p{}</style>');
    expect(page).toContain('<script>run()</script>');
    expect(page.match(/<script>/g)).toHaveLength(1);
  });

  it('lists every trial, and puts the lists before the script and the details behind it', async () => {
    const page = await pageOf();
    const trials = blockOf<ListedTrial[]>(page, 'trials') ?? [];
    expect(trials).toHaveLength(8);
    expect(trials[2]?.slice(1)).toEqual([
      ...[1, 1, 1, 0, 0.002, 1500, 1, 1902, 1, 'Step 9 calls delete_account'],
    ]);
    const script = page.indexOf('<script>run()');
    expect(page.indexOf('id="trials"')).toBeLessThan(script);
    expect(page.indexOf('id="report"')).toBeLessThan(script);
    expect(page.indexOf('id="trial-0"')).toBeGreaterThan(script);
    const detail = blockOf<TrialDetail>(page, 'trial-2');
    expect(detail?.trajectory?.steps).toHaveLength(12);
    expect(detail?.verdicts).toHaveLength(3);
  });

  it('gives rates with intervals by suite and agent, tasks in quarantine left out', async () => {
    const rates = blockOf<PageReport>(await pageOf(), 'report')?.run?.rates ?? [];
    const shown = rates.map(({ agent, tasks, passed, decided }) => [agent, tasks, passed, decided]);
    expect(shown).toEqual([
      ['careful', 2, 3, 3],
      ['hasty', 2, 2, 3],
    ]);
    expect(rates.every(({ interval }) => interval !== null)).toBe(true);
  });

  it('keeps the trials of a change once: those of the run by their id', async () => {
    const run = comparedPageRun();
    const pair = blockOf<PagePair>(await pageOf(run), 'pair-0');
    expect(pair?.head).toBe(run.plan.rows[1]?.trial_ids[0]);
    expect(pair?.base).toMatchObject({ agent: 'hasty', detail: { status: 'pass' } });
  });

  it('leaves out the details of what passed beyond its budget, and says so', async () => {
    const page = await pageOf(pageRun(), 20_000);
    expect(blockOf<PageReport>(page, 'report')?.run?.left_out).toEqual({
      ...{ embedded: 3, left: 5, budget: 20_000 },
    });
    expect(page.match(/id="trial-\d+"/g)).toEqual(['id="trial-2"', 'id="trial-5"', 'id="trial-7"']);
  });

  it('shows a run that did not finish, and says the gate without script', async () => {
    const page = await pageOf({ ...pageRun(), summary: null });
    expect(blockOf<PageReport>(page, 'report')?.run?.gate.status).toBe('error');
    const plain = page.slice(page.indexOf('<noscript>'), page.indexOf('</noscript>'));
    expect(plain).toContain('Gate undecided');
    expect(plain).toContain('8 trials: 5 passed, 2 failed, 1 in error, 0 skipped.');
  });

  it('escapes names where they are no data', async () => {
    const name = '</title></noscript><script>x</script>';
    const page = await pageOf(sampleRun([{ suite: name, trials: [{}] }]));
    expect(page.match(/<\/title>/g)).toHaveLength(1);
    expect(page.match(/<\/noscript>/g)).toHaveLength(1);
    expect(page.match(/<script>/g)).toHaveLength(1);
  });

  it('yields a run of many trials in small pieces', async () => {
    const trials = Array.from({ length: 3000 }, () => ({}));
    let largest = 0;
    for await (const piece of htmlPage(sampleRun([{ trials }]), async () => ASSETS)) {
      largest = Math.max(largest, piece.length);
    }
    expect(largest).toBeLessThan(5000);
  });
});
