import type { Injection, InjectionFills } from '../model/attack.ts';
import type { WrittenInjection } from './attack-keys.ts';
import { attackTemplates, type TemplateName, templateNames } from './attack-templates.ts';
import { loadPayloads } from './load-payloads.ts';
import type { SuiteLoading } from './part-loading.ts';
import { below, type ValueAt } from './schema-faults.ts';
import { faultAt } from './source.ts';

/** One injection in each of its wordings. */
export interface InjectionVariants {
  /** Whether each wording is an attack of its own; else there is one. */
  readonly several: boolean;
  /** By the name of the template or payload. */
  readonly byName: ReadonlyMap<string, Injection>;
}

/** How somebody is spoken of whose name is not given. */
const NAMELESS_USER = 'the person you work for';

/** Makes what is planted of an injection as it is written; null where something is wrong. `calls` says what the goal wants in words. */
export async function loadInjection(
  loading: SuiteLoading,
  written: WrittenInjection,
  at: ValueAt,
  calls: string,
): Promise<InjectionVariants | null> {
  const { tool, into = '', mode = 'append', text, template, payloads } = written;
  const place = { tool, into, mode };
  if (text !== undefined) {
    warnOfUnfilled(loading, text, below(at, ['text']));
    return one({ ...place, text });
  }
  const fills = fillsOf(written);
  if (template !== undefined) {
    const names = namesOf(template);
    if (names.includes('tool_knowledge') && calls === '') {
      const message = 'tool_knowledge needs a goal whose calls name tools';
      loading.faults.push(faultAt(at.source, [...at.path, 'template'], message));
      return null;
    }
    const made = names.map((name) => {
      const text = setApart(attackTemplates[name], mode);
      return [name, { ...place, text, fills: { ...fills, calls } }] as const;
    });
    const several = template === 'all' || Array.isArray(template);
    return { several, byName: new Map(made) };
  }
  const read = await loadPayloads(loading, payloads ?? '', below(at, ['payloads']));
  if (!read) return null;
  const bare = fills.instruction === undefined && read.find(({ text }) => NEEDS.test(text));
  if (bare) {
    const message = `"instruction" is missing: payload "${bare.id}" holds {{instruction}}`;
    loading.faults.push(faultAt(at.source, [...at.path, 'payloads'], message));
    return null;
  }
  const made = read.map(({ id, text }) => [id, { ...place, text, fills }] as const);
  return { several: true, byName: new Map(made) };
}

/** A wording as a paragraph of its own beside what stands there; texts and payloads of the user are planted as they are. */
function setApart(text: string, mode: Injection['mode']): string {
  if (mode === 'append') return `\n\n${text}`;
  return mode === 'prepend' ? `${text}\n\n` : text;
}

const NEEDS = /\{\{\s*instruction\s*\}\}/;

function warnOfUnfilled({ faults }: SuiteLoading, text: string, { source, path }: ValueAt): void {
  const [written] = FILLED.exec(text) ?? [];
  if (written === undefined) return;
  const message = `${written} is planted as it stands: only payloads and templates are filled in`;
  faults.push(faultAt(source, path, message, { severity: 'warning' }));
}

const FILLED = /\{\{\s*(?:instruction|user|model)\s*\}\}/;

function one(injection: Injection): InjectionVariants {
  return { several: false, byName: new Map([['', injection]]) };
}

function fillsOf({ instruction, user, model }: WrittenInjection): InjectionFills {
  const given = instruction === undefined ? {} : { instruction };
  return { ...given, user: user ?? NAMELESS_USER, model: model ?? null };
}

function namesOf(template: string | readonly string[]): TemplateName[] {
  if (template === 'all') return templateNames;
  return [template].flat() as TemplateName[]; // validated
}
