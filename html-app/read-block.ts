/** Parses a block of data of the page; null where the page holds none of that id. */
export function readBlock<Data>(id: string): Data | null {
  const text = document.getElementById(id)?.textContent;
  return text ? (JSON.parse(text) as Data) : null; // what our own report wrote under that id
}
