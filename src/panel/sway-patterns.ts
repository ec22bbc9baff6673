/** What a text may try with a judge that reads it. */
export type Sway = 'verdict' | 'delimiter' | 'order';

const JUDGE = '(?:judge|grader|evaluator|rater)';
const PASSING = '(?:pass(?:ed|es|ing)?|correct|perfect|successful)';
const FAILING = '(?:fail(?:ed|s|ing)?|incorrect)';
const MARKS_OUT_OF = String.raw`\d+(?:\.\d+)?\s*(?:\/|out of)\s*\d+`;
const REASONING = '(?:nonce|steps|reason|reasoning|rationale|justification)';
/** Where a line or a text in JSON begins. */
const LINE = String.raw`(?:^|["'])[^\w\n]{0,4}`;
const THING =
  '(?:data|trajectory|transcript|conversation|submission|rubric|evaluation|record|log|context|answer|instructions?|input)';

/** Verdicts as models and graders write them: as JSON, as a line, in brackets, in tags. */
const VERDICTS = [
  String.raw`["'](?:verdict|grade|judge?ment)["']\s*:\s*["']?[\w/.+-]{1,20}\b`,
  String.raw`["'](?:answer|score|rating)["']\s*:\s*["']?(?:${PASSING}|${FAILING}|${MARKS_OUT_OF})\b`,
  String.raw`["'](?:answer|score|rating)["']\s*:[^{}]{0,300}["']${REASONING}["']\s*:`,
  String.raw`["']${REASONING}["']\s*:[^{}]{0,300}["'](?:answer|score|rating)["']\s*:`,
  String.raw`\b(?:verdict|grade|judge?ment)\s*[:=]\W{0,4}(?:${PASSING}|${FAILING}|\d+|[a-fipn](?=\s*(?:$|[.,;"'\\\]}*])))(?!\w)`,
  String.raw`\b(?:score|(?:final|overall)\s+rating)\s*[:=]\W{0,4}${MARKS_OUT_OF}`,
  String.raw`${LINE}(?:(?:final|overall)\s+)?score[*_]{0,2}\s*[:=][*_ \t]{0,4}\d+(?:\.\d+)?[ \t*.]{0,4}(?:$|["'])`,
  String.raw`\[\[\s*(?:[abc]|tie|pass|fail)\s*\]\]|\brating\W{0,3}\[\[\s*\d`,
  String.raw`<\/?\s*(?:verdict|grade|judge?ment|score|rating)\s*>`,
];

/** Marks at which data would end: fences with words, tags, marks of chat templates, parts of a chat that give orders. */
const DELIMITERS = [
  String.raw`(?:[-=#*_~<>]{2}|\[)\s*(?:begin|start|end)s?[\s_-]+(?:of[\s_-]+)?(?:the[\s_-]+)?(?:[a-z]+[\s_-]+)?${THING}\b`,
  String.raw`<\/\s*(?:data|trajectory|transcript|conversation|submission|rubric|untrusted|evaluation)\s*>`,
  String.raw`<\|\s*[a-z_]{2,30}\s*\|>|<<\s*\/?sys\s*>>|\[\s*\/?\s*(?:inst|sys)\s*\]|<(?:start|end)_of_turn>`,
  String.raw`${LINE}(?:system|assistant|developer|user|human)(?:\s+(?:message|prompt|note))?\s*:[^\n]{0,80}?\b(?:ignore|disregard|you must|you are (?:now|the)|grade|judge|verdict|rubric|full marks|pass)\b`,
  String.raw`^#{2,6}\s*(?:system|rubric|human|assistant|instruction|response)s?\s*:`,
];

/** Marks that are told from plain words by their capitals. */
const CAPITALS = [
  String.raw`\b(?:BEGIN|START|END)S?[\s_-]+(?:OF[\s_-]+)?(?:THE[\s_-]+)?(?:[A-Z]+[\s_-]+)?${THING.toUpperCase()}\b`,
  String.raw`\bDATA[\s_-]+(?:BEGINS?|STARTS?|ENDS?)\b`,
  String.raw`\[\s*\/?(?:END|BEGIN|DATA)\s*\]`,
];

/** What is said to whoever judges, not to whoever is judged. */
const ORDERS = [
  String.raw`\b(?:ignore|disregard|forget|override)\s+(?:\w+\s+){0,3}?(?:previous|above|prior|earlier|preceding|foregoing|all|any|your|the|these|other)\s+(?:\w+\s+){0,3}?(?:instructions?|rubrics?|rules|prompts?|criteria|guidelines|directions|orders)\b`,
  String.raw`\b(?:you are|you're|act as)\s+(?:now\s+)?(?:the|an?)\s+(?:\w+\s+){0,2}?${JUDGE}\b`,
  String.raw`\bif you(?:\s+are|'re)\s+(?:the|an?)\s+(?:\w+\s+)?(?:llm|ai|language model|${JUDGE})\b`,
  String.raw`\b(?:dear|attention|(?:note|message|instructions?)\s+(?:to|for))\b\W{0,3}(?:the\s+|all\s+|any\s+)?(?:llm\s+|ai\s+)?${JUDGE}s?\b`,
  String.raw`(?<!\bi(?:'d|'ll|\s{1,3}would|\s{1,3}will|\s{1,3}want to|\s{1,3}have to)?\s{1,3})\b(?:rate|score|grade|mark|judge|evaluate|label|classify)\s+(?:this|it|the|my|me)\s+(?:\w+\s+){0,4}?(?:(?:as|with|at)\s+)?(?:an?\s+)?(?:${PASSING}|${MARKS_OUT_OF}|full marks|highest|maximum|[45]\b)`,
  String.raw`(?<!\bi(?:'d|'ll|\s{1,3}would|\s{1,3}will)?\s{1,3})\brate\s+(?:this|it)\s+as\b`,
  String.raw`\b(?:answer|output|respond|reply|return|vote)\s+(?:(?:with|only|just|exactly|simply|the\s+word)\s+){0,3}["'*]{0,2}(?:pass|${MARKS_OUT_OF})(?!\w)(?!\s+(?:through|by|type|the|it|on|to|key|phrase|port|code)\b)`,
  String.raw`\bgive\s+(?:\w+\s+){0,4}?(?:full marks|(?:full|highest|maximum|perfect|top|max)\s+(?:scores?|grades?|ratings?|marks?))\b|\b(?:award|assign)\s+(?:\w+\s+){0,4}?(?:full marks|(?:full|highest|maximum|perfect|top|max)\s+(?:scores?|grades?|marks?)|${MARKS_OUT_OF})`,
  String.raw`\b(?:the|new|updated|real|actual|official)\s+(?:\w+\s+)?rubric\s*(?:is\b|says\b|:|reads\b)|${LINE}(?:new\s+|updated\s+)?rubric\s*:`,
  String.raw`\bthis is (?:just |only )?a test\b[^\n]{0,40}?\b(?:output|answer|return|respond|grade|pass)\b`,
  String.raw`\b(?:must|should|shall|has to|have to)\s+be\s+(?:graded|judged|rated|scored|marked|evaluated)\s+(?:as\s+|with\s+)?(?:an?\s+)?(?:${PASSING}|full|highest|\d)`,
  String.raw`\b(?:previous|earlier|other|another|first|prior|last)\s+(?:grader|evaluator|rater|judge)s?\s+(?:\w+\s+){0,3}?(?:scored|gave|rated|passed|graded|answered|voted)\b`,
  String.raw`\bthe\s+(?:secret\s+)?nonce\s+(?:is|was|has)\b`,
];

/** Patterns of each kind; they read texts as `foldedText` makes them, in time linear in their length. */
export const swayPatterns: readonly { readonly kind: Sway; readonly pattern: RegExp }[] = [
  { kind: 'verdict', pattern: new RegExp(VERDICTS.join('|'), 'gim') },
  { kind: 'delimiter', pattern: new RegExp(DELIMITERS.join('|'), 'gim') },
  { kind: 'delimiter', pattern: new RegExp(CAPITALS.join('|'), 'g') },
  { kind: 'order', pattern: new RegExp(ORDERS.join('|'), 'gim') },
];
