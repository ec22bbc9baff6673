import path from 'node:path';

/** Tells whether a name has characters that stand for others. */
export function isGlob(name: string): boolean {
  return /[*?[{]/.test(name);
}

/** The folder that everything lies in which an absolute glob can match. */
export function globBase(glob: string): string {
  const steps = glob.split(path.sep);
  const first = steps.findIndex(isGlob);
  return steps.slice(0, first === -1 ? -1 : first).join(path.sep) || path.sep;
}

/** Makes a test of absolute paths: `*` and `?` stay in a folder, `**` crosses folders, `{a,b}` is one of several, `[ab]` one character. */
export function globTest(glob: string): (file: string) => boolean {
  const steps = glob.split(path.sep);
  const source = steps.map((step, index) => {
    const last = index === steps.length - 1;
    if (step === '**') return last ? '.*' : '(?:[^/]+/)*';
    return stepSource(step) + (last ? '' : '/');
  });
  const test = new RegExp(`^${source.join('')}$`, 's');
  return (file) => test.test(file.split(path.sep).join('/'));
}

function stepSource(step: string): string {
  return step.replace(/\*+|\?|\[[^\]]+\]|\{[^{}]*\}|[\\^$.|+()[\]{}]/g, (part) => {
    if (part.startsWith('*')) return '[^/]*';
    if (part === '?') return '[^/]';
    if (part.length > 2 && part.startsWith('['))
      return part.replace(/^\[!/, '[^').replaceAll('\\', '\\\\');
    if (part.length > 1) return `(?:${part.slice(1, -1).split(',').map(stepSource).join('|')})`;
    return `\\${part}`;
  });
}
