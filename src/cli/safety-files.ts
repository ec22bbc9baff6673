import { type CastTool, castOf, castTool } from '../formats/safety-suite/cast-tools.ts';
import { safetySuite } from '../formats/safety-suite/safety-suite.ts';
import { safetyTools } from '../formats/safety-suite/safety-tools.ts';
import type { ListedTool } from '../formats/tool-list/listed-tool.ts';
import { sampleArguments } from '../formats/tool-list/sample-arguments.ts';
import type { Tools } from '../model/tool.ts';
import { safeYaml } from '../report/json-text.ts';
import { inputProblems } from '../suite/input-schemas.ts';
import { argumentEngine } from '../tools/argument-engine.ts';
import type { InitFile } from './init-files.ts';

/** A suite about safety and its tools, with what was not taken over, in sentences. */
export interface SafetyFiles {
  readonly files: readonly InitFile[];
  readonly notes: readonly string[];
}

/** Makes the files of a suite about safety for listed tools: it passes as it is. */
export function safetyFiles(listed: readonly ListedTool[]): SafetyFiles {
  const notes: string[] = [];
  const broken = new Set(inputProblems(inputsOf(listed)).map(({ path }) => path[0]));
  const compile = argumentEngine();
  const tools = listed.map((one): CastTool => {
    const input = broken.has(one.name) ? undefined : one.input;
    if (broken.has(one.name)) {
      notes.push(`The schema of ${JSON.stringify(one.name)} is left out: it is no JSON Schema`);
    }
    const sample = sampleArguments(input);
    const isValid = input === undefined || compile({ ...input })(sample) === null;
    return castTool(one, input && { ...input }, isValid ? sample : null);
  });
  const cast = castOf(tools);
  for (const { name } of cast.unnameable) {
    notes.push(
      `${JSON.stringify(name)} is not granted: a policy cannot name it without naming others`,
    );
  }
  if (cast.entry === null) {
    notes.push(
      'There is no attack: none of these tools reads and can be called with arguments that were found',
    );
  }
  return {
    files: [
      { path: 'suites/safety.suite.yaml', text: safeYaml(safetySuite(cast)) },
      { path: 'suites/tools/safety.tools.yaml', text: safeYaml(safetyTools(tools)) },
    ],
    notes,
  };
}

function inputsOf(listed: readonly ListedTool[]): Tools {
  const tools: Record<string, { input?: Record<string, unknown> }> = Object.create(null);
  for (const { name, input } of listed) tools[name] = input ? { input: { ...input } } : {};
  return tools;
}
