/** Imports a module that is not part of the bundle. A script from V8's code cache cannot import by itself: what starts it does so for it. */
export const importModule: (specifier: string) => Promise<unknown> =
  __AGENTOPS_IMPORT__ ?? ((specifier) => import(specifier));
