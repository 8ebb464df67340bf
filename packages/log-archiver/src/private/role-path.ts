import { Token } from 'aws-cdk-lib';

/** Functions of an archiver and of a verifier. */
export type FunctionName =
  | 'plan-archive'
  | 'export-log-to-s3'
  | 'check-export-task'
  | 'record-archive'
  | 'plan-verification'
  | 'verify-receipts'
  | 'write-statements';

export const DEFAULT_ROLE_PATH = '/log-archiver/';

/** Limit of IAM. */
const MAX_PATH_LENGTH = 512;
const LONGEST_FOLDER: FunctionName = 'check-export-task';

/** Returns the path of a function's role. It identifies the function in the policies of bucket and key. */
export function functionRolePath(rolePath: string, name: FunctionName): string {
  return `${rolePath}${name}/`;
}

/** Throws unless policies can refer to the path. */
export function validateRolePath(rolePath: string) {
  if (Token.isUnresolved(rolePath)) {
    throw new Error('rolePath must be known at synthesis, got a token');
  }
  // IAM also accepts other printable ASCII characters. `*`, `?` and `$` would be patterns in the policies.
  if (!/^\/([\w+=,.@-]+\/)*$/.test(rolePath)) {
    throw new Error(
      'rolePath must begin and end with /, with folders of letters, digits and +=,.@_- in between, got ' +
        JSON.stringify(rolePath),
    );
  }
  const { length } = functionRolePath(rolePath, LONGEST_FOLDER);
  if (length > MAX_PATH_LENGTH) {
    throw new Error(
      `rolePath must have at most ${MAX_PATH_LENGTH - (length - rolePath.length)} characters (a path has at most ` +
        `${MAX_PATH_LENGTH}, and those of the functions continue), got ${rolePath.length}`,
    );
  }
}
