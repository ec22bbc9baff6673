/** The version of the package, which the build and the test runner put in place. */
declare const __AGENTOPS_VERSION__: string;
/** Where the bundled program lies from what starts it, which the build puts in place. */
declare const __AGENTOPS_PROGRAM__: string;
/** Imports a module for the bundled program; undefined in code that can import by itself. */
declare const __AGENTOPS_IMPORT__: ((specifier: string) => Promise<unknown>) | undefined;
/** The table of `prices.yaml`, which the build and the test runner put in place. */
declare const __AGENTOPS_PRICES__: import('../src/model/config.ts').PriceTable;
/** The files of `rubrics/` by the name of the rubric, as JSON, which the build and the test runner put in place. */
declare const __AGENTOPS_RUBRICS__: string;
/** Folder of the files that the build wrote, which the build and the test runner put in place. */
declare const __AGENTOPS_DIST__: string;
/** The GitHub Action and the workflows that `init` writes, by name, as JSON, which the build and the test runner put in place. */
declare const __AGENTOPS_ACTION__: string;
