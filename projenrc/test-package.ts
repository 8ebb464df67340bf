import { JsonFile } from 'projen';
import { strictCompilerOptions, testCompilerOptions } from './compiler-options';
import { jestConfig, TypeScriptPackage, type TypeScriptPackageOptions } from './typescript-package';

/** A workspace that holds only tests, in folders at its root. */
export class TestPackage extends TypeScriptPackage {
  constructor(options: TypeScriptPackageOptions) {
    super(options);
    this.compileTask.reset();
    this.removeScript('compile');
    this.tasks.tryFind('typecheck')?.reset('tsc');
    this.tryRemoveFile('test/tsconfig.json');
    this.tryRemoveFile('tsconfig.json');
    new JsonFile(this, 'tsconfig.json', {
      marker: false,
      obj: {
        extends: '../../tsconfig.base.json',
        compilerOptions: { ...strictCompilerOptions, ...testCompilerOptions },
        include: ['.'],
      },
    });
    this.package.addField('jest', jestConfig('.'));
  }

  /** Adds the deep tests. Half of the worlds takes as long as all other tests, so each half has a target of its own. */
  public override addDeepTests() {
    this.addDeepTarget(
      'test-deep',
      'Runs the tests that take minutes',
      '*.deep.test.ts',
      '--testPathIgnorePatterns=/share-',
    );
    this.addDeepTarget('simulate-one', 'Checks half of the worlds', 'share-one.deep.test.ts');
    this.addDeepTarget('simulate-two', 'Checks the other half', 'share-two.deep.test.ts');
  }
}
