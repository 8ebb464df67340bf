import { Annotations, Stack } from 'aws-cdk-lib';
import type { AddToResourcePolicyResult, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';

/** A bucket, a key or a topic. */
interface HasPolicy {
  addToResourcePolicy(statement: PolicyStatement): AddToResourcePolicyResult;
}

/** Adds the statements to the policy of something, or prints them, if it is imported. */
export function addOrWarnOfStatements(
  scope: Construct,
  to: HasPolicy,
  id: string,
  start: string,
  statements: PolicyStatement[],
) {
  const added = statements.map((statement) => to.addToResourcePolicy(statement).statementAdded);
  if (added.includes(false)) {
    warnOfStatements(scope, id, start, statements);
  }
}

/** Prints the statements that a policy lacks, since it cannot be changed from here. */
export function warnOfStatements(scope: Construct, id: string, start: string, statements: PolicyStatement[]) {
  const json = Stack.of(scope).resolve(statements.map((each) => each.toStatementJson()));
  const printed = JSON.stringify(asSubstitutions(json), null, 2);
  Annotations.of(scope).addWarningV2(`cdk-log-archiver:${id}`, `${start}:\n${printed}`);
}

/** CloudFormation's functions in the form of `Fn::Sub`, which a reader can fill in; any other one as JSON. */
function asSubstitutions(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value), (_key, part) => {
    if (part?.Ref !== undefined) {
      return `\${${part.Ref}}`;
    }
    const [delimiter, parts] = part?.['Fn::Join'] ?? [];
    return Array.isArray(parts)
      ? parts.map((each) => (typeof each === 'string' ? each : JSON.stringify(each))).join(delimiter)
      : part;
  });
}
