import { Token } from 'aws-cdk-lib';
import { CfnLogGroup, type ILogGroup } from 'aws-cdk-lib/aws-logs';
import { isLogGroupName, MAX_LOG_GROUP_NAME_LENGTH } from './core';

const RULE = `must be 1 to ${MAX_LOG_GROUP_NAME_LENGTH} letters, digits, and . - _ / #`;

/** Returns the name as far as it is known: a log group of the app has a token even if its name was given. */
export function resolveLogGroupName(logGroup: ILogGroup): string {
  return findCfnLogGroup(logGroup)?.logGroupName ?? logGroup.logGroupName;
}

export function findCfnLogGroup({ node }: ILogGroup): CfnLogGroup | undefined {
  return node.defaultChild instanceof CfnLogGroup ? node.defaultChild : undefined;
}

/** Throws unless the text can be the name of a log group, or a part of one. A token is accepted. */
export function validateNamePart(field: 'prefix' | 'pattern', text: string) {
  if (!isAllowed(text)) {
    throw new Error(`${field} ${RULE}, got ${JSON.stringify(text)}${findRemedy(field, text)}`);
  }
}

function findRemedy(field: 'prefix' | 'pattern', text: string): string {
  if (field === 'prefix') {
    return text.endsWith('*') ? '; leave out the *' : '';
  }
  return /[*+?^$|()[\]{}\\]/.test(text) ? '; pass a part of the name, not a regular expression or wildcards' : '';
}

/**
 * Throws unless the log group has a name that CloudWatch Logs allows. A token is accepted.
 *
 * CloudWatch Logs would refuse every call with the name.
 */
export function validateLogGroupName(logGroup: ILogGroup) {
  const name = resolveLogGroupName(logGroup);
  if (isAllowed(name)) {
    return;
  }
  const [, nameInArn] = /^arn:[^:]*:logs:[^:]*:[^:]*:log-group:([^:]*)/.exec(name) ?? [];
  if (nameInArn !== undefined) {
    throw new Error(
      `logGroupName must be a name, not an ARN, got ${JSON.stringify(name)}; pass ${JSON.stringify(nameInArn)}, or use ` +
        'LogGroup.fromLogGroupArn',
    );
  }
  const remedy = name.includes('*') ? '; to archive all log groups with a prefix, use LogGroupSelection.byPrefix' : '';
  throw new Error(`logGroupName ${RULE}, got ${JSON.stringify(name)}${remedy}`);
}

function isAllowed(text: string): boolean {
  return Token.isUnresolved(text) || isLogGroupName(text);
}
