import { Annotations, Stack } from 'aws-cdk-lib';
import type { AddToResourcePolicyResult, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';

/** A bucket, a key or a topic. */
interface HasPolicy {
  addToResourcePolicy(statement: PolicyStatement): AddToResourcePolicyResult;
}

/** Adds the statements to the resource's policy, or prints them in a warning if the resource is imported. */
export function addOrPrintStatements(
  scope: Construct,
  resource: HasPolicy,
  id: string,
  warning: string,
  statements: PolicyStatement[],
) {
  const added = statements.map((statement) => resource.addToResourcePolicy(statement).statementAdded);
  if (added.includes(false)) {
    printStatements(scope, id, warning, statements);
  }
}

/** Adds a warning with the statements that an imported resource's policy needs. */
export function printStatements(scope: Construct, id: string, warning: string, statements: PolicyStatement[]) {
  const json = Stack.of(scope).resolve(statements.map((each) => each.toStatementJson()));
  const printed = JSON.stringify(formatSubstitutions(json), null, 2);
  Annotations.of(scope).addWarningV2(`cdk-log-archiver:${id}`, `${warning}:\n${printed}`);
}

/** Formats CloudFormation's functions like `Fn::Sub`, which a reader can fill in, and others as JSON. */
function formatSubstitutions(value: unknown): unknown {
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
