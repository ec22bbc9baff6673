/** What the page of the HTML report must never do: its code runs beside text that strangers wrote. */
export const pageOverride = {
  includes: ['html-app/**'],
  linter: {
    rules: {
      // Styles are in the order of what they style
      style: {
        noDescendingSpecificity: 'off',
        noRestrictedImports: {
          level: 'error',
          options: {
            patterns: [
              { group: ['node:*', 'zod', '**/cli/**'], message: 'The page runs in a browser' },
            ],
          },
        },
        noRestrictedGlobals: {
          level: 'error',
          options: {
            deniedGlobals: Object.fromEntries(
              [
                ...['fetch', 'XMLHttpRequest', 'WebSocket', 'EventSource', 'Worker', 'Image'],
                ...['eval', 'Function', 'localStorage', 'sessionStorage', 'open'],
              ].map((name) => [name, 'The page loads, sends and keeps nothing']),
            ),
          },
        },
      },
    },
  },
};
