import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { platform } from 'node:os';
import type { Writable } from 'node:stream';
import { markerText } from './process-scan.ts';
import type { Marker } from './program.ts';

/**
 * Reads `add PID MARKER` and `del PID` until its input ends, which it does when this process dies, however it dies; then kills the
 * groups that are left, and on Linux whatever else has their markers.
 */
const SCRIPT = `
trap '' INT TERM HUP
left=' '
while read -r what pid marker; do
  case $what in
    add) left="$left$pid=$marker " ;;
    del) case $left in *" $pid="*) rest=\${left#*" $pid="}; left="\${left%%" $pid="*} \${rest#* }" ;; esac ;;
  esac
done
for one in $left; do kill -KILL -- "-\${one%%=*}"; done
[ -r /proc/self/environ ] || exit 0
for one in $left; do
  for file in $(grep -laF -- "\${one#*=}" /proc/[0-9]*/environ); do
    pid=\${file#/proc/}
    kill -KILL "\${pid%/environ}"
  done
done
`;

let input: Writable | null = null;
let failed = false;

/** Has a process of its own kill a program and what it started should this process be killed: it has no turn to do so itself then. Holds on POSIX systems that have a shell. */
export function reapIfKilled({
  pid,
  marker,
}: {
  readonly pid: number;
  readonly marker: Marker;
}): () => void {
  const pipe = reaper();
  if (!pipe) return () => undefined;
  pipe.write(`add ${pid} ${markerText(marker)}\n`);
  return () => void pipe.write(`del ${pid}\n`);
}

function reaper(): Writable | null {
  if (input || failed || platform() === 'win32') return input;
  const child: ChildProcessByStdio<Writable, null, null> = spawn('/bin/sh', ['-c', SCRIPT], {
    detached: true, // what is typed at the terminal is not for it
    stdio: ['pipe', 'ignore', 'ignore'],
    env: { PATH: '/usr/bin:/bin' },
    cwd: '/',
  });
  const lose = () => {
    failed = true;
    input = null;
  };
  child.on('error', lose);
  child.on('exit', lose);
  child.stdin.on('error', lose);
  child.unref();
  // The pipe must not keep this process alive; a socket, as node has it, can be let go of
  (child.stdin as Writable & { unref?: () => void }).unref?.();
  input = child.stdin;
  return input;
}
