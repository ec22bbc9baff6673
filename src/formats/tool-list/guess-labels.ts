import type { Effect } from '../../model/tool.ts';
import type { ListedTool, ToolLabels } from './listed-tool.ts';

const words = (text: string): ReadonlySet<string> => new Set(text.split(' '));

const irreversible = words(
  'delete remove drop destroy purge wipe erase terminate kill shutdown send email mail sms notify pay charge refund transfer wire purchase buy checkout publish post tweet deploy merge exec execute run shell bash eval cancel close revoke submit sign',
);
const write = words(
  'create add insert update set put write edit modify patch rename move copy upload save append assign schedule book reserve hold invite share comment reply enable disable grant register reset start stop make generate store import sync tag label',
);
const read = words(
  'get list read search find fetch lookup look query show view describe count check browse download retrieve load inspect status ping whoami preview calculate compare validate verify summarize summarise open track',
);
const destroying = words('delete remove drop destroy purge wipe erase terminate kill shutdown');
const leaving = words(
  'send email mail sms notify post publish tweet webhook http url web browse internet slack upload share invite transfer wire pay charge forward exec execute run shell bash eval deploy',
);
const ofStrangers = words(
  'inbox email emails mail mails message messages chat web website page pages url http html browse browser internet search ticket tickets comment comments review reviews issue issues document documents doc docs file files attachment attachments rss feed news thread threads channel slack calendar event events fetch webpage post posts note notes',
);

const strength: readonly Effect[] = ['read', 'write', 'irreversible'];

/** What a tool seems to do, by its name and by hints; what is declared is left out, and what nothing tells. */
export function guessLabels({ name, declared, hints }: ListedTool): ToolLabels {
  const parts = partsOf(name);
  const guessed = stronger(effectOf(parts), hints.effect);
  const effect = declared.effect ?? guessed;
  const external = hints.external ?? (parts.some((part) => leaving.has(part)) ? true : undefined);
  const isStrange = effect === 'read' && parts.some((part) => ofStrangers.has(part));
  const trusted = hints.trusted ?? (isStrange ? false : undefined);
  return {
    ...(declared.effect === undefined && guessed !== undefined && { effect: guessed }),
    ...(declared.external === undefined && external !== undefined && { external }),
    ...(declared.trusted === undefined && trusted !== undefined && { trusted }),
  };
}

/** Whether the name says that something is gone afterwards. */
export function seemsToDestroy(name: string): boolean {
  return partsOf(name).some((part) => destroying.has(part));
}

/** The first word of a name that is a verb we know decides: get_email reads. */
function effectOf(parts: readonly string[]): Effect | undefined {
  for (const part of parts) {
    if (irreversible.has(part)) return 'irreversible';
    if (write.has(part)) return 'write';
    if (read.has(part)) return 'read';
  }
  return undefined;
}

function stronger(one: Effect | undefined, other: Effect | undefined): Effect | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  return strength.indexOf(one) >= strength.indexOf(other) ? one : other;
}

/** The words of a name: `sendEmail`, `send_email` and `mail.send-email` alike. */
function partsOf(name: string): string[] {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((part) => part !== '');
}
