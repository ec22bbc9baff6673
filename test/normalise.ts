/** What differs from run to run, and what stands for it in a transcript. */
const VARYING: readonly [RegExp, string][] = [
  [/\b\d{8}-\d{6}-\d{3}-[a-z0-9]{6}\b/g, '<run-id>'],
  [/\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z?(?=["<])/g, '<time>'],
  [/\b\d{4}-\d\d-\d\d \d\d:\d\d(?= )/g, '<time>          '],
  [/\b[0-9a-f]{64}\b/g, '<digest>'],
  [/(?<="agentops_version":\s?")[^"]+/g, '<version>'],
  [/(?<="name":"agentops","version":")[^"]+/g, '<version>'],
  [/(?<="(?:start|stop)":)\d+/g, '<ms>'],
  [/(?<="stop":<ms>,"duration":)\d+/g, '<ms>'],
  // Later versions of node add it to what JSON.parse says
  [/ \(line \d+ column \d+\)/g, ''],
  // Ends the line of totals
  [/(?<= · )[\d.]+ (ms|s|min)$/gm, '<duration>'],
];

/** Replaces what differs from run to run: ids of runs, times, digests, the version, and the folder that it ran in. */
export function normalise(text: string, folder: string): string {
  const placed = text.replaceAll(folder, '<folder>');
  return VARYING.reduce((all, [what, by]) => all.replace(what, by), placed);
}
