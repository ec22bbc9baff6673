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
/** A text in which letters of other scripts that pass for Latin ones are those. */
export function withoutLookAlikes(text: string): string {
  let made = '';
  let from = 0;
  for (let at = 0; at < text.length; at++) {
    if (text.charCodeAt(at) < 128) continue;
    const letter = latin.get(text.charAt(at)); // none of them is beyond the basic plane
    if (letter === undefined) continue;
    made += text.slice(from, at) + letter;
    from = at + 1;
  }
  return from === 0 ? text : made + text.slice(from);
}
