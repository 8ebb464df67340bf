import { TypeScriptPackage, type TypeScriptPackageOptions } from './typescript-package';
import * as versions from './versions';

/** A Lambda function: one function around an injected client and clock, and its handler, bundled with the AWS SDK. */
export class LambdaFunctionPackage extends TypeScriptPackage {
  constructor(options: TypeScriptPackageOptions) {
    super({ ...options, deps: [versions.cloudWatchLogs, ...(options.deps ?? [])] });
    // A function only ever uses the credentials in its environment: the SDK's chain is half of its size.
    this.addBundle(
      'src/handler.ts',
      '--alias:@aws-sdk/credential-provider-node=../../projenrc/lambda-credentials.mjs',
      // Lambda's logs and stacks show the names of error classes.
      '--keep-names',
    );
  }
}
