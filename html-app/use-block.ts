import { useEffect, useState } from 'preact/hooks';

/** A block that is read when it is asked for: `waiting` while the browser still reads the page. */
export type Found<Data> = { readonly data: Data } | 'waiting' | 'absent';

/** Reads a block once for each key; waits for the end of the page where it has not come yet. */
export function useBlock<Data>(key: string, read: () => Data | null): Found<Data> {
  const [known, setKnown] = useState<{ key: string; found: Found<Data> } | null>(null);
  useEffect(() => {
    const look = () => {
      const data = read();
      const isLoading = document.readyState === 'loading';
      setKnown({ key, found: data ? { data } : isLoading ? 'waiting' : 'absent' });
      return data !== null;
    };
    if (look()) return;
    document.addEventListener('DOMContentLoaded', look);
    return () => document.removeEventListener('DOMContentLoaded', look);
  }, [key]);
  return known?.key === key ? known.found : 'waiting';
}
