const argv = process.argv.slice(2);
const [only] = argv;

if (argv.length === 1 && (only === '--version' || only === '-V')) {
  process.stdout.write(`${__AGENTOPS_VERSION__}\n`);
} else {
  const { runProgram } = await import('./run-program.ts');
  process.exitCode = await runProgram(argv);
}
