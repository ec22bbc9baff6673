/**
 * What every group of rows is given.
 * @typedef {object} Bench
 * @property {string} root of the project
 * @property {string} cli the program that is measured
 * @property {string} library the API that is measured
 * @property {string} scratch a folder for everything that is generated
 * @property {number} rounds how often each program is run
 * @property {boolean} large whether to run what takes gigabytes of disk
 * @property {import('./peers/install.mjs').Peers | null} peers programs to compare with
 */

/**
 * Measures something; the rows are in the order in which they are shown.
 * @typedef {(bench: Bench) => import('./table.mjs').Row[] | Promise<import('./table.mjs').Row[]>} Group
 */
export {};
