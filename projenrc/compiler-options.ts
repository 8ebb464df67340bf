/** Options of all workspaces, the jsii package included: jsii's rule set `strict` accepts each line. */
export const baseCompilerOptions = {
  target: 'es2023',
  lib: ['es2023'],
  module: 'node20',
  types: ['node'],
  declaration: true,
  composite: false,
  strict: true,
  noEmitOnError: true,
  noFallthroughCasesInSwitch: true,
  noImplicitReturns: true,
  noUnusedLocals: true,
  noUnusedParameters: true,
  isolatedModules: true,
  esModuleInterop: true,
  resolveJsonModule: true,
  skipLibCheck: true,
  stripInternal: false,
};

/** Options of all workspaces except the jsii package, whose rule set does not accept them. */
export const strictCompilerOptions = { noImplicitOverride: true, noUncheckedIndexedAccess: true };

/** Options for the type check of tests. Incremental: a second run checks only what changed. */
export const testCompilerOptions = {
  noEmit: true,
  declaration: false,
  incremental: true,
  types: [...baseCompilerOptions.types, 'jest'],
};
