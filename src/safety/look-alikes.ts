/** Letters of other scripts that look like Latin ones, each before the letter it passes for; what NFKD undoes is not among them. */
const PAIRS =
  'аaеeоoрpсcуyхxіiјjѕsԁdһhԛqԝwѵvгrкkмmтtнhвbпnлlбbзe' +
  'АAВBЕEКKМMНHОOРPСCТTХXІIЈJЅSУYҮYԌGԚQԜWѴVҺh' +
  'αaβbγyεeηnιiκkνvοoρpτtυuχxωwσo' +
  'ΑAΒBΕEΖZΗHΙIΚKΜMΝNΟOΡPΤTΥYΧX' +
  'ıiɑaɡgɩiʏyʀrɪiƽsɢgʜhʟlɴnʙbᴀaᴄcᴅdᴇeᴊjᴋkᴍmᴏoᴘpᴛtᴜuᴠvᴡwᴢzꜱsꜰfօoաwցgհhոnսuԱUՏSⲟoⲣpᎪAᎬEᎳWᏚSᏟCߋoօo';

const letters = [...PAIRS];
const latin = new Map<string, string>();
for (let at = 0; at + 1 < letters.length; at += 2) {
  latin.set(letters[at] as string, letters[at + 1] as string); // at + 1 < length
}
const LOOK_ALIKE = new RegExp(`[${[...latin.keys()].join('')}]`, 'gu');

/** A text in which letters of other scripts that pass for Latin ones are those. */
export function withoutLookAlikes(text: string): string {
  return text.replace(LOOK_ALIKE, (letter) => latin.get(letter) ?? letter);
}
