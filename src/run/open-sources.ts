import type { ModelSettings } from '../agents/agent.ts';
import { AgentopsError } from '../errors.ts';
import { fileDigest } from '../io/file-digest.ts';
import { liveSource } from '../llm/live-source.ts';
import type { ModelSource } from '../llm/model-source.ts';
import { recordedSource } from '../llm/recorded-source.ts';
import { recordingSource } from '../llm/recording-source.ts';
import { scriptedSource } from '../llm/scripted.ts';
import { redactor } from '../store/redact.ts';
import { shownPath } from './plan-rows.ts';
import type { RunOptions } from './run-options.ts';

/** The sources of model answers that a run opened. */
export interface OpenSources {
  /** The source of an agent or a played user. A recording is opened once, whoever names it. */
  of(settings: ModelSettings, root: string): Promise<ModelSource>;
  /** SHA-256 of the recordings by their paths under the root. */
  digests(): Promise<Record<string, string>>;
  notes(): readonly string[];
  /** Writes what was recorded. Throws `disk_fault`. */
  close(): Promise<void>;
}

/** Opens sources as they are asked for: a script, else a recording, else the endpoints of the configuration. */
export function openSources(options: RunOptions): OpenSources {
  const { endpoints, environment, patience, record } = options.live;
  const secrets = redactor(options.secrets);
  const redact = secrets ? { redact: (text: string) => secrets.text(text) } : {};
  const live = liveSource({ endpoints, environment, ...patience });
  const byFile = new Map<string, Promise<ModelSource>>();
  const shown = new Map<string, string>();
  const notes: string[] = [];
  const shared = { ...redact, note: (note: string) => void notes.push(note) };
  const recording = (file: string, called: string): Promise<ModelSource> => {
    const known =
      byFile.get(file) ??
      (record
        ? recordingSource({ file, live, ...shared })
        : recordedSource(file, { ...shared, shown: called }));
    byFile.set(file, known);
    return known;
  };
  return {
    of: async ({ name, script, recording: file }, root) => {
      if (script) return scriptedSource(script, { sleep: patience.sleep });
      if (file !== undefined) {
        const called = shownPath(root, file);
        shown.set(called, file);
        return recording(file, called);
      }
      if (!record) return live;
      const words = `Cannot record ${name}: expected a recording beside it, to write to`;
      throw new AgentopsError('usage', words);
    },
    notes: () => notes,
    digests: async () => {
      const digests: Record<string, string> = {};
      for (const [path, file] of shown) digests[path] = await fileDigest(file);
      return digests;
    },
    close: async () => {
      for (const opened of byFile.values()) await (await opened).close();
    },
  };
}
