export * from './command-line-tool';
export * from './construct-library';
export * from './lambda-function-package';
export * from './monorepo';
export * from './release';
export { TestPackage } from './test-package';
export * from './typescript-package';
export * as versions from './versions';
