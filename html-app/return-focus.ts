import { useEffect } from 'preact/hooks';

let opened = '';

/** Notes what a list opened, so that the way back leads to it. */
export function useOpened(name: string): void {
  useEffect(() => {
    opened = name;
  }, [name]);
}

/** Gives the focus back to the item of a list that was looked at last, where the list has it still and nobody types. */
export function useReturn(
  names: () => readonly string[],
  go: (index: number, align: 'auto') => void,
): void {
  useEffect(() => {
    if (opened === '' || document.activeElement instanceof HTMLInputElement) return;
    const index = names().indexOf(opened);
    opened = '';
    if (index >= 0) go(index, 'auto');
  }, []);
}
