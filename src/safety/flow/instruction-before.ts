/** How far a sentence is looked through on either side. */
const FAR = 400;

/** Where a paragraph, a line of a list or an entry of a record ends. */
const PARAGRAPH = /\n\s*\n|\n\s*(?:[-*•]|\d+[.)]|[\w ]{1,24}:)|<\/?[\w-]+>/gu;
const SENTENCE = /[.!?]["')\]]*\s+(?=[\p{Lu}"'<([])/u;

/** What an agent could be made to do with its tools. */
const ACTS =
  'accept|add|append|apply|approve|assign|attach|book|buy|cancel|change|charge|complete|concatenate|confirm|copy|create|' +
  'credit|delete|deploy|disable|disregard|do|donate|drop|e-?mail|enable|enter|execute|export|fill|forget|' +
  'forward|give|grant|ignore|include|insert|install|invite|list|log|mail|make|message|modify|move|' +
  'notify|order|override|paste|pay|perform|ping|place|post|print|publish|purchase|put|query|recommend|' +
  'redirect|refund|register|remove|rename|repeat|replace|reply|report|reschedule|reserve|reset|respond|' +
  'retrieve|return|reveal|revoke|run|save|say|schedule|search|send|set|share|sign|submit|subscribe|switch|' +
  'tell|text|transfer|translate|type|update|upgrade|upload|use|verify|whitelist|wire|withdraw|write';
/** What any reader is told in passing: where to look. Only at the head of a sentence, or with more weight, is it a request. */
const LOOKS =
  'browse|call|check|click|contact|download|fetch|follow|go|join|navigate|open|read|see|show|view|visit';
const URGED =
  '^|[.!?]\\s|\\b(?:please|kindly|then|now|first|next|must|should|shall|need to|have to|want you to|asked to|immediately|instead|always)\\s';
const ADDED = ':|;|,|[("\'*>]|\\b(?:and|also|just)\\s';
const REQUEST = new RegExp(
  `(?:${URGED}|${ADDED})\\s*(?:${ACTS})\\b(?!')|(?:${URGED})\\s*(?:${LOOKS})\\b`,
  'iu',
);

/** The part before a passage of the paragraph around it, if that asks its reader to do something up to the end of the passage's sentence; null where it is mere data. */
export function instructionBefore(text: string, at: number, end: number): string | null {
  const before = withoutEscapes(text.slice(Math.max(0, at - FAR), at));
  let start = 0;
  for (const { index, 0: mark } of before.matchAll(PARAGRAPH)) start = index + mark.length;
  const lead = before.slice(start);
  const after = withoutEscapes(text.slice(end, end + FAR));
  const [rest = ''] = (after.split(PARAGRAPH)[0] ?? '').split(SENTENCE);
  const whole = `${lead}${text.slice(at, end)}${rest}`;
  return REQUEST.test(whole.replace(/\s+/g, ' ').trim()) ? lead : null;
}

/** A text in which line breaks that were escaped are line breaks. */
function withoutEscapes(text: string): string {
  if (!text.includes('\\')) return text;
  return text.replace(/\\\s*\n\s*\\?/g, ' ').replace(/\\[nrt]/g, '\n');
}
