// Loaded by a program that is measured where /usr/bin/time is missing: notes what the program used.
import { writeFileSync } from 'node:fs';

process.on('exit', () => {
  const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
  const usage = { mebibytes: maxRSS / 1024, cpu: (userCPUTime + systemCPUTime) / 1e6 };
  writeFileSync(process.env['BENCH_USAGE_FILE'] ?? '/dev/null', JSON.stringify(usage));
});
