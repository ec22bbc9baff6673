/** How far a sentence is looked through on either side. */
const FAR = 400;

/** Where a sentence, a line of a list or an entry of a record ends. */
const END =
  /[.!?]["')\]]*\s+(?=[\p{Lu}"'<([])|\n\s*\n|\n\s*(?:[-*•]|\d+[.)]|[\w ]{1,24}:)|<\/?[\w-]+>|[\r\n]{2}/gu;

const ACTS =
  'accept|add|alert|answer|append|apply|approve|assign|attach|book|browse|buy|call|cancel|change|charge|' +
  'click|close|complete|concatenate|confirm|contact|copy|create|credit|delete|deploy|disable|disregard|' +
  'do|donate|download|drop|email|e-mail|enable|enter|execute|export|fetch|fill|follow|forget|forward|' +
  'give|go|grant|ignore|include|insert|install|invite|join|list|log|mail|make|message|modify|move|' +
  'navigate|notify|open|order|override|pass|paste|pay|perform|ping|place|post|print|publish|purchase|' +
  'put|query|read|recommend|redirect|refund|register|remove|rename|repeat|replace|reply|report|' +
  'reschedule|reserve|reset|respond|retrieve|return|reveal|revoke|run|save|say|schedule|search|send|' +
  'set|share|show|sign|submit|subscribe|switch|tell|text|transfer|translate|type|update|upgrade|upload|' +
  'use|verify|visit|whitelist|wire|withdraw|write';
/** What may stand before the verb of a request. */
const BEFORE =
  '^|[.!?:;,("\'*>\\]-]|\\b(?:please|kindly|then|and|now|also|first|next|must|should|shall|will|can|could|would|you|to|just|immediately|instead|always|either|or)';
const REQUEST = new RegExp(`(?:${BEFORE})\\s*\\b(?:${ACTS})\\b`, 'iu');

/** Whether the sentence around a passage asks its reader to do something: then it is an instruction, and no mere data. */
export function isInstruction(text: string, at: number, end: number): boolean {
  const from = Math.max(0, at - FAR);
  const before = text.slice(from, at);
  let start = 0;
  for (const { index, 0: mark } of before.matchAll(END)) start = index + mark.length;
  const after = text.slice(end, end + FAR);
  const stop = after.search(END);
  const sentence =
    before.slice(start) + text.slice(at, end) + (stop === -1 ? after : after.slice(0, stop));
  return REQUEST.test(sentence.replace(/\s+/g, ' ').trim());
}
