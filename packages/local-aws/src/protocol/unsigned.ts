/** Leaves requests unsigned: nothing verifies a signature in-process, and signing takes a fifth of a simulation's time. */
export const UNSIGNED = { sign: async <T>(request: T) => request };
