import { expect, test } from 'vitest';
import { calibrationOf, judgeRecordingOf, labelsOf } from './judge-files.ts';

test.each([
  ['/a.b/shop.suite.yaml', '/a.b/shop'],
  ['shop.suite.yml', 'shop'],
  ['shop.yaml', 'shop'],
  ['shop.suite.json', 'shop'],
  ['/a.suite.yaml/shop', '/a.suite.yaml/shop'],
])('judgeRecordingOf() puts what judges need beside %s', (file, stem) => {
  expect(judgeRecordingOf(file)).toBe(`${stem}.judges.jsonl`);
  expect(calibrationOf(file)).toBe(`${stem}.calibration.json`);
  expect(labelsOf(file)).toBe(`${stem}.labels.jsonl`);
});
