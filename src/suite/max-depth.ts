/** How deep maps and lists may stand in each other. */
export const MAX_DEPTH = 200;
