import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { openSync, writeSync } from 'node:fs';
import { platform, tmpdir } from 'node:os';
import path from 'node:path';
import type { Writable } from 'node:stream';
import { markerText } from './process-scan.ts';
import type { Marker } from './program.ts';

/**
 * Waits until its input ends, which it does when this process dies, however it dies; then reads the ledger, kills the groups of the
 * programs that are left in it, and on Linux whatever else has their markers.
 */
const SCRIPT = `
trap '' INT TERM HUP
while read -r nothing; do :; done
left=' '
marks=' '
while read -r what pid marker; do
  case $what in
    will) marks="$marks$marker " ;;
    add) left="$left$pid " ;;
    del)
      case $left in *" $pid "*) left="\${left%%" $pid "*} \${left#*" $pid "}" ;; esac
      case $marks in *" $marker "*) marks="\${marks%%" $marker "*} \${marks#*" $marker "}" ;; esac ;;
  esac
done < "$1"
rm -f "$1"
for pid in $left; do kill -KILL -- "-$pid"; done
[ -r /proc/self/environ ] || exit 0
for marker in $marks; do
  for round in 1 2 3; do
    for file in $(grep -laF -- "$marker" /proc/[0-9]*/environ); do
      pid=\${file#/proc/}
      kill -KILL "\${pid%/environ}"
    done
    sleep 0.1
  done
done
`;

/** Descriptor of the ledger; null where nobody reads it, undefined before the first program. */
let ledger: number | null | undefined;

/** Has a process of its own kill a program and what it started should this process be killed: it has no turn to do so itself then. Called before the program is started, as it may run before its id is known here. Holds on POSIX systems that have a shell. */
export function reapIfKilled(marker: Marker): Reaping {
  if (ledger === undefined) ledger = startReaper();
  const text = markerText(marker);
  let id = 0;
  note(`will 0 ${text}\n`);
  return {
    started: (pid) => {
      id = pid;
      note(`add ${pid} ${text}\n`);
    },
    ended: () => note(`del ${id} ${text}\n`),
  };
}

/** What the reaper is told of one program. */
export interface Reaping {
  started(pid: number): void;
  /** It is dead, or was never started. */
  ended(): void;
}

/** Written at once: what waited in a pipe would be lost with this process. */
function note(line: string): void {
  if (typeof ledger !== 'number') return;
  try {
    writeSync(ledger, line);
  } catch {
    ledger = null; // a full disk; programs end as they do without a reaper
  }
}

function startReaper(): number | null {
  if (platform() === 'win32') return null;
  const file = path.join(tmpdir(), `agentops-${randomUUID()}.ledger`);
  try {
    const descriptor = openSync(file, 'ax', 0o600);
    const child: ChildProcessByStdio<Writable, null, null> = spawn(
      '/bin/sh',
      ['-c', SCRIPT, 'sh', file],
      {
        detached: true, // what is typed at the terminal is not for it
        stdio: ['pipe', 'ignore', 'ignore'],
        env: { PATH: '/usr/bin:/bin' },
        cwd: '/',
      },
    );
    child.on('error', () => {
      ledger = null;
    });
    child.stdin.on('error', () => undefined);
    child.unref();
    // The pipe must not keep this process alive; a socket, as node has it, can be let go of
    (child.stdin as Writable & { unref?: () => void }).unref?.();
    return descriptor;
  } catch {
    return null;
  }
}
