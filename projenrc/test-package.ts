import { JsonFile } from 'projen';
import { baseCompilerOptions, strictCompilerOptions } from './compiler-options';
import { TypeScriptPackage, type TypeScriptPackageOptions } from './typescript-package';

/** A workspace that holds only tests, in folders of its own. */
export class TestPackage extends TypeScriptPackage {
  constructor(options: TypeScriptPackageOptions) {
    super(options);
    this.compileTask.reset();
    this.removeScript('compile');
    this.testTask.reset('tsc -p tsconfig.json');
    this.testTask.exec('jest', { receiveArgs: true });
    this.tryRemoveFile('test/tsconfig.json');
    this.tryRemoveFile('tsconfig.json');
    new JsonFile(this, 'tsconfig.json', {
      marker: false,
      obj: {
        extends: '../../tsconfig.base.json',
        compilerOptions: { noEmit: true, ...strictCompilerOptions, types: [...baseCompilerOptions.types, 'jest'] },
        include: ['.'],
      },
    });
    const manifest = this.tryFindObjectFile('package.json');
    manifest?.addOverride('jest.testMatch', ['<rootDir>/**/*.test.ts']);
    manifest?.addOverride('jest.transform', {
      '\\.ts$|/node_modules/temporal-.+\\.js$': ['ts-jest', { tsconfig: 'tsconfig.json', diagnostics: false }],
    });
  }

  /** Lets Jest's sandbox share the globals that the tests use most: each look-up costs, a sixth of the simulation's time. */
  public injectGlobals() {
    this.tryFindObjectFile('package.json')?.addOverride('jest.sandboxInjectedGlobals', [
      ...['Array', 'Buffer', 'Date', 'Error', 'JSON', 'Map', 'Math', 'Number', 'Object', 'Promise', 'Set', 'String'],
      ...['Symbol', 'Uint8Array', 'WeakMap', 'process'],
    ]);
  }
}
