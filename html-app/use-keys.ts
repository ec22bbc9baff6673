import { useLayoutEffect, useRef } from 'preact/hooks';

/** What a key does; answers false where it does nothing, so that the browser may. */
export type KeyAction = () => unknown;

/** Listens for keys by their name, but not while a person types, nor with a modifier. */
export function useKeys(actions: Readonly<Record<string, KeyAction>>): void {
  const latest = useRef(actions);
  latest.current = actions;
  // With what is shown, not after it: a key that is hit at once counts
  useLayoutEffect(() => {
    const hear = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
      if (isTyping(event.target)) return;
      const known = Object.hasOwn(latest.current, event.key);
      const action = known ? latest.current[event.key] : undefined;
      if (action && action() !== false) event.preventDefault();
    };
    addEventListener('keydown', hear);
    return () => removeEventListener('keydown', hear);
  }, []);
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target instanceof HTMLInputElement) return target.type !== 'checkbox';
  return ['SELECT', 'TEXTAREA'].includes(target.tagName);
}
