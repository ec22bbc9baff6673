const KEYS = [
  ['j k', 'next and previous in a list'],
  ['Enter', 'opens'],
  ['Esc', 'back'],
  ['n p', 'next and previous trial or change'],
  ['d', 'first difference'],
  ['/', 'search'],
] as const;

/** What the keys do, at the foot of the page. */
export function KeyHelp() {
  return (
    <footer class="foot">
      <dl>
        {KEYS.map(([keys, words]) => (
          <div key={keys}>
            <dt>
              {keys.split(' ').map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dt>
            <dd>{words}</dd>
          </div>
        ))}
      </dl>
      <p class="faint">Everything is in this file. It loads and sends nothing.</p>
    </footer>
  );
}
