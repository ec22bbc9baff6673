// Reads vitest's JSON results, one file for each version of node, and closes with one line of counts.
// A test passes when it passed on every version; a file that did not load counts as one failed test.
import { readFileSync } from 'node:fs';
import path from 'node:path';

/**
 * @typedef {{ fullName: string, status: string }} Assertion
 * @typedef {{ name: string, status: string, message: string, assertionResults: Assertion[] }} TestFile
 * @typedef {{ success: boolean, testResults: TestFile[] }} Result
 */

/**
 * The tests of one file, with a key that is the same on every version.
 * @param {TestFile} file
 */
function testsOf({ name, status, assertionResults }) {
  const tests = assertionResults.map((test, index) => ({
    key: `${name} ${index} ${test.fullName}`,
    status: test.status,
  }));
  const broken = status === 'failed' && !tests.some((test) => test.status === 'failed');
  return broken ? [...tests, { key: name, status: 'failed' }] : tests;
}

/** @param {{ status: string }[]} tests */
function count(tests) {
  const passed = tests.filter(({ status }) => status === 'passed').length;
  const failed = tests.filter(({ status }) => status === 'failed').length;
  return { passed, failed, skipped: tests.length - passed - failed };
}

/** @type {Map<string, string>} */
const worst = new Map();
const rank = ['passed', 'skipped', 'failed'];
let sound = process.argv.length > 2;

for (const file of process.argv.slice(2)) {
  /** @type {Result} */
  const result = JSON.parse(readFileSync(file, 'utf8'));
  const tests = result.testResults.flatMap(testsOf);
  const { passed, failed, skipped } = count(tests);
  console.log(
    `${path.basename(file, '.json')}: ${passed} passed, ${failed} failed, ${skipped} skipped`,
  );
  sound &&= result.success && passed > 0;
  for (const { key, status } of tests) {
    const known = rank.includes(status) ? status : 'skipped';
    const before = worst.get(key) ?? 'passed';
    worst.set(key, rank.indexOf(known) > rank.indexOf(before) ? known : before);
  }
}

const { passed, failed } = count([...worst.values()].map((status) => ({ status })));
if (!sound || failed > 0) process.exitCode = 1;
if (sound || failed > 0) console.log(`${passed} passed, ${failed} failed`);
else console.error('Cannot count the tests: on one of the versions none of them passed');
