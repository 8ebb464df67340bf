/** What all workspaces compile with, the jsii one included: each line is one that jsii's rule set `strict` accepts. */
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

/** What jsii does not accept, and all other workspaces compile with. */
export const strictCompilerOptions = { noImplicitOverride: true, noUncheckedIndexedAccess: true };
