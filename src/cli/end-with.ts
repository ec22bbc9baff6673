/** Sets the exit code for good: code of a suite that ran in this process may have an ending of its own. */
export function endWith(code: number): void {
  process.exitCode = code;
  process.on('exit', () => {
    process.exitCode = code;
  });
}
