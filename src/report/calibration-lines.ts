import type { JudgeCalibration, WrongItem } from '../calibration/calibration-result.ts';
import type { CalibrationEntry } from '../model/calibration.ts';
import { counted, countText, intervalText, percentage } from './figures.ts';
import type { Ink } from './ink.ts';
import { drawTable } from './table.ts';
import { wrapBehind } from './wrap.ts';

const MOST_WRONG = 10;
/** More classes than these make no table that a person can read. */
const MOST_CLASSES = 8;

/** How far one judge agrees with people, for a person at a terminal. */
export async function calibrationLines(
  found: JudgeCalibration,
  runId: string,
  ink: Ink,
): Promise<string[]> {
  const { suite, entry, about } = found;
  const name = ink.line(`${suite} / ${entry.judge}`, 100);
  const held = about === 'judge' ? 'its own question' : 'trials as a whole';
  const head = [
    ink.strong(`${name} ${ink.signs.dot} ${ink.line(wantedText(entry.wanted), 60)}`),
    ...wrapBehind('  ', `${countsText(found)}, labels of ${held}`, ink.width),
  ];
  if (entry.items === 0) {
    return [...head, `  ${ink.as.error('Nothing to compare')}`, ...wrongLines(found, runId, ink)];
  }
  return [
    ...head,
    ...(await matrixLines(entry, ink)),
    ...(await classLines(found, ink)),
    ...figureLines(found, ink),
    ...wrongLines(found, runId, ink),
  ];
}

function wantedText({ at_least, at_most, is = [] }: CalibrationEntry['wanted']): string {
  const bounds = [
    ...(at_least === undefined ? [] : [`at least ${at_least}`]),
    ...(at_most === undefined ? [] : [`at most ${at_most}`]),
  ];
  return bounds.length > 0 ? bounds.join(', ') : is.join(' or ');
}

function countsText({ entry, stale }: JudgeCalibration): string {
  const { items, errors, unsure, unjudged, per_step } = entry;
  const one = per_step ? 'step' : 'trial';
  const apart = [
    [errors, 'not decided by the judge'],
    [unsure, 'that people are unsure of or disagree about'],
    [unjudged, 'without a verdict'],
    [stale, 'whose trajectory is another one now'],
  ] as const;
  const told = apart.flatMap(([count, words]) =>
    count > 0 ? [`${countText(count)} ${words}`] : [],
  );
  return [`${counted(items, one)} compared`, ...told].join(', ');
}

async function matrixLines({ matrix }: CalibrationEntry, ink: Ink): Promise<string[]> {
  const columns = [
    { head: '' },
    { head: 'judge: holds', align: 'right' as const },
    { head: 'judge: does not', align: 'right' as const },
  ];
  const row = (words: string, ...counts: number[]) => [
    { text: words },
    ...counts.map((count) => ({ text: countText(count) })),
  ];
  const rows = [
    row('people: holds', matrix.true_positive, matrix.false_negative),
    row('people: does not', matrix.false_positive, matrix.true_negative),
  ];
  return drawTable(columns, rows, ink, '  ');
}

/** The answers themselves, where they are more than holding or not. */
async function classLines({ answers }: JudgeCalibration, ink: Ink): Promise<string[]> {
  const { classes, counts } = answers;
  if (classes.length < 3 || classes.length > MOST_CLASSES) return [];
  const shown = classes.map((one) => ink.line(String(one), 24));
  const columns = [
    { head: 'people, then judge' },
    ...shown.map((head) => ({ head, align: 'right' as const })),
  ];
  const rows = counts.map((row, at) => [
    { text: shown[at] ?? '' },
    ...row.map((count) => ({ text: countText(count) })),
  ]);
  return drawTable(columns, rows, ink, '  ');
}

function figureLines(found: JudgeCalibration, ink: Ink): string[] {
  const { entry, precision, weighted_kappa, raw, corrected } = found;
  const none = ink.signs.none;
  const share = (value: number | null, bounds: JudgeCalibration['sensitivity_interval']) =>
    bounds ? `${percentage(value, none)} (${intervalText(bounds, none)})` : percentage(value, none);
  const rate = `${percentage(raw, none)} as the judge says`;
  const figures: [string, string][] = [
    ['accuracy', percentage(entry.accuracy, none)],
    ['kappa', kappaText(found, none)],
    ...(weighted_kappa === null
      ? []
      : ([['weighted kappa', down(weighted_kappa)]] satisfies [string, string][])),
    ['sensitivity', share(entry.sensitivity, found.sensitivity_interval)],
    ['specificity', share(entry.specificity, found.specificity_interval)],
    ['precision', percentage(precision, none)],
    ['errs', biasText(found)],
    ...(entry.flips.of > 0
      ? ([['votes differ', `on ${entry.flips.changed} of ${entry.flips.of}`]] satisfies [
          string,
          string,
        ][])
      : []),
    [
      'pass rate',
      corrected
        ? `${rate}, ${percentage(corrected.rate, none)} corrected (${intervalText(corrected, none)})`
        : rate,
    ],
  ];
  return figures.map(([name, text]) => `  ${name.padEnd(15)} ${text}`);
}

function kappaText({ entry, least_kappa }: JudgeCalibration, none: string): string {
  const { kappa, kappa_interval: bounds } = entry;
  if (kappa === null) return `${none}, not defined: all answers are alike`;
  const interval = bounds ? ` (${down(bounds.lower)} to ${down(bounds.upper)})` : '';
  const asked = least_kappa === null ? '' : `, ${least_kappa} is asked for`;
  return `${down(kappa)}${interval}, ${kappaWord(kappa)}${asked}`;
}

/** Words of Landis & Koch 1977: a habit, no law. */
function kappaWord(kappa: number): string {
  if (kappa < 0) return 'less than by chance';
  const words = ['slight', 'fair', 'moderate', 'substantial', 'almost perfect'];
  return words[Math.max(0, Math.min(4, Math.ceil(kappa * 5) - 1))] ?? '';
}

function biasText({ entry, bias_p }: JudgeCalibration): string {
  const { false_positive, false_negative } = entry.matrix;
  if (false_positive + false_negative === 0) return 'never';
  const sides = `${false_positive} wrongly passed, ${false_negative} wrongly failed`;
  const p = bias_p < 0.001 ? 'p < 0.001' : `p ${bias_p.toFixed(3)}`;
  return bias_p < 0.05 ? `to one side: ${sides} (${p})` : `${sides} (${p})`;
}

/** Rounded down, so that no figure looks like the one that it falls short of. */
function down(value: number): string {
  return (Math.floor(value * 1000 + 1e-9) / 1000).toFixed(3);
}

/** Four digits tell values of a scale apart. */
function answerText(answer: string | number): string {
  return typeof answer === 'number' ? String(Number(answer.toPrecision(4))) : answer;
}

const WORDS = {
  error: 'not decided',
  wrong_pass: 'wrongly passed',
  wrong_fail: 'wrongly failed',
} satisfies Record<WrongItem['kind'], string>;

function wrongLines({ wrong }: JudgeCalibration, runId: string, ink: Ink): string[] {
  const shown = wrong.slice(0, MOST_WRONG).flatMap((item) => {
    const { kind, task, agent, attack, trial, step, label, note, answer, reason } = item;
    const name = [task, agent, ...(attack === null ? [] : [attack])].join('/');
    const place = `${name}#${trial}${step === null ? '' : `, step ${step}`}`;
    const sign = kind === 'error' ? ink.as.error(ink.signs.error) : ink.as.fail(ink.signs.fail);
    const said = `people ${answerText(label)}, judge ${answer === null ? ink.signs.none : answerText(answer)}`;
    const noted =
      note === null ? [] : wrapBehind('      ', `people: ${ink.line(note, 300)}`, ink.width);
    return [
      `  ${sign} ${ink.line(place, 100)}: ${WORDS[kind]} (${ink.line(said, 100)})`,
      ...noted,
      ...wrapBehind('      ', ink.line(reason, 300), ink.width),
      ink.faint(`      agentops show ${ink.line(`${runId} ${item.id}`, 120)}`),
    ];
  });
  const left = wrong.length - MOST_WRONG;
  return left > 0
    ? [...shown, `  ${ink.signs.ellipsis} and ${countText(left)} more (--json)`]
    : shown;
}
