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
}
