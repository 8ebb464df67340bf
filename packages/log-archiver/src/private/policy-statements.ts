import { Annotations, Stack, Token } from 'aws-cdk-lib';
import type { AddToResourcePolicyResult, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';

/** A bucket, a key or a topic. */
interface HasPolicy {
  addToResourcePolicy(statement: PolicyStatement): AddToResourcePolicyResult;
}

/** Warning that the policy of an imported resource needs statements. */
export interface PolicyWarning {
  /** Identifies the warning, for its acknowledgement. */
  readonly id: string;
  /** Sentence about the resource, and about what fails without the statements. */
  readonly text: string;
  /** ARN of the resource. */
  readonly arn: string;
  /** Account of the resource. */
  readonly account: string;
}

/** Values of pseudo parameters that a reader has to fill in if the stack is environment-agnostic. */
const PLACEHOLDERS = { 'AWS::AccountId': 'ACCOUNT_ID', 'AWS::Region': 'REGION' };

/** Stands for the name of a bucket that is generated at deployment. */
export const BUCKET_PLACEHOLDER = 'BUCKET';

/** Adds the statements to the resource's policy, or prints them in a warning if the resource is imported. */
export function addOrPrintStatements(
  scope: Construct,
  resource: HasPolicy,
  warning: PolicyWarning,
  statements: PolicyStatement[],
) {
  const added = statements.map((statement) => resource.addToResourcePolicy(statement).statementAdded);
  if (added.includes(false)) {
    printStatements(scope, warning, statements);
  }
}

/** Adds a warning with the statements that an imported resource's policy needs, ready to be pasted into the policy. */
export function printStatements(
  scope: Construct,
  { id, text, arn, account }: PolicyWarning,
  statements: PolicyStatement[],
) {
  const print = (value: unknown) => formatSubstitutions(Stack.of(scope), value);
  const json = JSON.stringify(print(statements.map((each) => each.toStatementJson())), null, 2);
  const place = `the policy of ${print(arn)} in account ${print(account)}`;
  const placeholders = [...Object.values(PLACEHOLDERS), BUCKET_PLACEHOLDER].filter((each) =>
    `${place}${json}`.includes(each),
  );
  const note = placeholders.length > 0 ? `; replace ${placeholders.join(' and ')}` : '';
  Annotations.of(scope).addWarningV2(`cdk-log-archiver:${id}`, `${text}. Add to ${place}${note}:\n${json}`);
}

/** Replaces CloudFormation's functions with values as far as they are known. */
function formatSubstitutions(stack: Stack, value: unknown): unknown {
  const values = createPseudoValues(stack);
  return JSON.parse(JSON.stringify(stack.resolve(value)), (_key, part) => {
    if (part?.Ref !== undefined) {
      return values[part.Ref] ?? `\${${part.Ref}}`;
    }
    const [delimiter, parts] = part?.['Fn::Join'] ?? [];
    return Array.isArray(parts)
      ? parts.map((each) => (typeof each === 'string' ? each : JSON.stringify(each))).join(delimiter)
      : part;
  });
}

/** A Region that is not known is taken for one of the partition `aws`; the name of a nested stack can be any. */
function createPseudoValues({ region, stackName }: Stack): Record<string, string> {
  const isInChina = region.startsWith('cn-');
  return {
    ...PLACEHOLDERS,
    'AWS::Partition': isInChina ? 'aws-cn' : region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws',
    'AWS::URLSuffix': isInChina ? 'amazonaws.com.cn' : 'amazonaws.com',
    'AWS::StackName': Token.isUnresolved(stackName) ? '*' : stackName,
  };
}
