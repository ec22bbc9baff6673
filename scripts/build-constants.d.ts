/** The version of the package, which the build and the test runner put in place. */
declare const __AGENTOPS_VERSION__: string;
