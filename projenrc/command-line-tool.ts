import { THIRD_PARTY_LICENSES, TypeScriptPackage, type TypeScriptPackageOptions } from './typescript-package';

export interface CommandLineToolOptions extends TypeScriptPackageOptions {
  /** Name of the command. */
  readonly command: string;
}

/**
 * A published command: one bundled file without dependencies, so that `npx` downloads one package.
 *
 * Everything that the bundle contains is a development dependency.
 */
export class CommandLineTool extends TypeScriptPackage {
  constructor(options: CommandLineToolOptions) {
    super({ ...options, published: true });
    this.package.addField('bin', { [options.command]: 'dist/index.js' });
    this.package.addField('files', ['dist/index.js', 'CHANGELOG.md', THIRD_PARTY_LICENSES]);
    this.addBundle('src/bin.ts', '--legal-comments=none');
    this.writeThirdPartyLicenses(['.']);
    this.addTask('package', {
      description: 'Packs for npm',
      exec: 'rm -rf dist/js && mkdir -p dist/js && npm pack --silent --pack-destination dist/js',
    });
    this.exposeScripts('package');
  }
}
