import { AgentopsError, messageOf } from '../errors.ts';
import { loadEnginesFor } from '../match/engines.ts';
import type { Suite } from '../model/suite.ts';
import type { Mock, Tool } from '../model/tool.ts';
import { mockOfEntries } from './mock-entries.ts';
import { mockOfFunction } from './mock-function.ts';
import { mockOfRecording } from './mock-recording.ts';
import { readRecording } from './read-recording.ts';
import type { ToolHost } from './tool-host.ts';
import type { LoadMock, Sleep, ToolMock } from './tool-mock.ts';
import { type HostedTool, TrialMocks } from './trial-mocks.ts';

/** What the mocks of a suite need from outside. */
export interface HostOptions {
  readonly load: LoadMock;
  readonly sleep: Sleep;
}

/** Gets the mocked tools of a suite ready: loads their functions, reads their recordings. Throws `suite_fault` where a function cannot be loaded, `input_fault` or `disk_fault` where a recording cannot be read. */
export async function hostOf(
  { tools }: Pick<Suite, 'tools'>,
  { load, sleep }: HostOptions,
): Promise<ToolHost> {
  const declared = Object.entries(tools ?? {});
  const recordings = await readRecordings(declared);
  const compile = await schemaCompiler(declared);
  const hosted = new Map<string, HostedTool>();
  for (const [name, { input, mock }] of declared) {
    hosted.set(name, {
      mock:
        mock && mock.kind !== 'agent'
          ? await mockOf(name, mock, { load, sleep }, recordings)
          : null,
      refuses: input && compile ? onFirstUse(() => compile(input)) : null,
    });
  }
  return { start: (world) => new TrialMocks(hosted, world) };
}

type Recordings = ReadonlyMap<string, Awaited<ReturnType<typeof readRecording>>>;

async function mockOf(
  name: string,
  mock: Exclude<Mock, { kind: 'agent' }>,
  { load, sleep }: HostOptions,
  recordings: Recordings,
): Promise<ToolMock> {
  switch (mock.kind) {
    case 'entries':
      await loadEnginesFor(JSON.stringify(mock.entries), mock.entries);
      return mockOfEntries(mock.entries, sleep);
    case 'function':
      return mockOfFunction(await loaded(name, mock, load), mock.written);
    case 'recording':
      return mockOfRecording(recordings.get(mock.file)?.get(name) ?? new Map(), mock.written);
  }
}

async function loaded(
  name: string,
  { reference, written }: Extract<Mock, { kind: 'function' }>,
  load: LoadMock,
): Promise<Parameters<typeof mockOfFunction>[0]> {
  try {
    return (await load(reference)) as Parameters<typeof mockOfFunction>[0]; // a function, and what it answers is checked
  } catch (thrown) {
    const message = `Cannot load the mock ${written} of ${name}: ${messageOf(thrown)}`;
    throw new AgentopsError('suite_fault', message, { cause: thrown });
  }
}

/** Each recording once, with the answers of all tools that name it. */
async function readRecordings(declared: readonly [string, Tool][]): Promise<Recordings> {
  const files = new Map<string, { written: string; tools: Set<string> }>();
  for (const [name, { mock }] of declared) {
    if (mock?.kind !== 'recording') continue;
    const known = files.get(mock.file) ?? { written: mock.written, tools: new Set<string>() };
    known.tools.add(name);
    files.set(mock.file, known);
  }
  const recordings = new Map<string, Awaited<ReturnType<typeof readRecording>>>();
  for (const [file, { written, tools }] of files) {
    recordings.set(file, await readRecording(file, written, tools));
  }
  return recordings;
}

/** The validator of arguments, loaded only where some tool says what it takes. */
async function schemaCompiler(declared: readonly [string, Tool][]) {
  if (!declared.some(([, { input }]) => input)) return null;
  return (await import('./argument-engine.ts')).argumentEngine();
}

function onFirstUse(
  make: () => (args: unknown) => string | null,
): (args: unknown) => string | null {
  let made: ReturnType<typeof make> | null = null;
  return (args) => {
    made ??= make();
    return made(args);
  };
}
