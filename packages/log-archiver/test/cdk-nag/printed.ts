import { FINDINGS, type Finding, VERIFIER_FINDINGS } from './findings';

/** Returns the table of the README. */
export function printTable(): string {
  const printId = (id: string) => `\`${insertValues(id, PRINTED_VALUES)}\``;
  const cases = FINDINGS.map(({ paths, ids, reason, onlyFor }) => {
    const why = onlyFor === undefined ? reason : `With ${onlyFor}: ${reason}`;
    return `| ${ids.map(printId).join('<br>')} | ${paths.map((path) => `\`${path}\``).join('<br>')} | ${why} |`;
  });
  return ['| finding | path below the archiver | reason |', '| --- | --- | --- |', ...cases].join('\n');
}

/** Values for a reader, where archivers differ. */
const PRINTED_VALUES = {
  executions: 'EXECUTIONS',
  logGroup: 'LOG_GROUP:*',
  objects: 'BUCKET/',
  keys: 'arn:…:key/*',
};

export function insertValues(id: string, values: Record<string, string>): string {
  return id.replace(/\$\{(\w+)\}/g, (_, name) => values[name] ?? name);
}

/** Returns the acknowledgements as a source file for a reader's app. */
export function printAcknowledgements(): string {
  const logGroupFindings = FINDINGS.filter(({ ids }) => ids.some((id) => id.includes('${logGroup}')));
  const filterBy = (bucket: Finding['onlyFor']) =>
    FINDINGS.filter((finding) => finding.onlyFor === bucket && !logGroupFindings.includes(finding));
  return `import { ArnFormat, Stack, Validations } from 'aws-cdk-lib';
import type { LogArchiver } from 'cdk-log-archiver';
import { flattenCfnReference } from 'cdk-nag/lib/utils/flatten-cfn-reference';
import type { IConstruct } from 'constructs';

/**
 * Acknowledges the findings of AwsSolutions about an archiver.
 *
 * \`keyPrefix\` is empty for a bucket of the archiver, and \`<account>/<region>/\` for a bucket of another account.
 * \`logGroups\` are names like \`/aws/lambda/checkout:*\`; for a prefix, \`/aws/lambda/*\` and \`/aws/lambda/*:*\`.
 */
export function acknowledgeFindings(archiver: LogArchiver, keyPrefix: string, logGroups: string[]) {
  const stack = Stack.of(archiver);
  const at = (path: string) => path.split('/').reduce<IConstruct>((scope, id) => scope.node.findChild(id), archiver);
  const printed = (arn: string) => flattenCfnReference(stack.resolve(arn));
  const named = (service: string, resource: string, resourceName: string) =>
    printed(stack.formatArn({ service, resource, resourceName, arnFormat: ArnFormat.COLON_RESOURCE_NAME }));
  const { resourceName = '' } = stack.splitArn(archiver.stateMachine.stateMachineArn, ArnFormat.COLON_RESOURCE_NAME);
  const executions = named('states', 'execution', resourceName);
  const objects = printed(archiver.bucket.arnForObjects(keyPrefix));

${printCalls(filterBy(undefined), '  ')}
  for (const logGroup of logGroups.map((name) => named('logs', 'log-group', name))) {
${printCalls(logGroupFindings, '    ')}  }
  if (archiver.node.findAll().includes(archiver.bucket)) {
${printCalls(filterBy('a bucket of its own'), '    ')}  } else {
    const { account, region } = archiver.bucket.env;
    const keys = printed(stack.formatArn({ service: 'kms', account, region, resource: 'key', resourceName: '*' }));
${printCalls(filterBy('a bucket of another account'), '    ')}  }
  if (archiver.node.tryFindChild('NotificationTopic')) {
${printCalls(filterBy('a notificationTopic'), '    ')}  }
}
`;
}

/** Returns the acknowledgements about a verifier as a source file for a reader's app. */
export function printVerifierAcknowledgements(): string {
  return `import { ArnFormat, Stack, Validations } from 'aws-cdk-lib';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { ArchiveVerifier } from 'cdk-log-archiver';
import { flattenCfnReference } from 'cdk-nag/lib/utils/flatten-cfn-reference';
import type { IConstruct } from 'constructs';

/**
 * Acknowledges the findings of AwsSolutions about a verifier of the bucket.
 *
 * \`keyPrefix\` is \`*\` for the bucket of an \`ArchiveBucket\`, and otherwise that of the verifier, or empty.
 */
export function acknowledgeVerifierFindings(verifier: ArchiveVerifier, bucket: IBucket, keyPrefix: string) {
  const stack = Stack.of(verifier);
  const at = (path: string) => path.split('/').reduce<IConstruct>((scope, id) => scope.node.findChild(id), verifier);
  const printed = (arn: string) => flattenCfnReference(stack.resolve(arn));
  const start = keyPrefix === '' ? '' : \`\${keyPrefix}/\`;
  const [metadata, verified] = [\`\${start}_log-archiver\`, '_verified'].map((key) => printed(bucket.arnForObjects(key)));
  const { resourceName = '' } = stack.splitArn(verifier.stateMachine.stateMachineArn, ArnFormat.COLON_RESOURCE_NAME);
  const arnFormat = ArnFormat.COLON_RESOURCE_NAME;
  const executions = printed(stack.formatArn({ service: 'states', resource: 'execution', resourceName, arnFormat }));

${printCalls(VERIFIER_FINDINGS, '  ')}}
`;
}

function printCalls(findings: Finding[] = [], indent: string): string {
  const lines = findings.flatMap(({ paths, ids, reason }) =>
    paths.flatMap((path) =>
      ids.flatMap((id) => [
        `Validations.of(at('${path}')).acknowledge({`,
        `  id: ${id.includes('${') ? `\`${id}\`` : `'${id}'`},`,
        `  reason: '${reason}',`,
        '});',
      ]),
    ),
  );
  return lines.map((line) => `${indent}${line}\n`).join('');
}
