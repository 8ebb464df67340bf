import { FINDINGS, type Finding } from './findings';

/** The table of the README. */
export function printedTable(): string {
  const shown = (id: string) => `\`${withValues(id, SHOWN)}\``;
  const cases = FINDINGS.map(({ paths, ids, reason, onlyFor }) => {
    const why = onlyFor === undefined ? reason : `With ${onlyFor}: ${reason}`;
    return `| ${ids.map(shown).join('<br>')} | ${paths.map((path) => `\`${path}\``).join('<br>')} | ${why} |`;
  });
  return ['| finding | below the archiver | reason |', '| --- | --- | --- |', ...cases].join('\n');
}

/** How what differs between archivers is shown to a reader. */
const SHOWN = {
  executions: 'EXECUTIONS',
  logGroup: 'LOG_GROUP:*',
  objects: 'BUCKET/',
  keys: 'arn:…:key/*',
};

export function withValues(id: string, values: Record<string, string>): string {
  return id.replace(/\$\{(\w+)\}/g, (_, name) => values[name] ?? name);
}

/** The acknowledgements, as a file of a reader's app. */
export function printedAcknowledgements(): string {
  const ofLogGroups = FINDINGS.filter(({ ids }) => ids.some((id) => id.includes('${logGroup}')));
  const of = (bucket: Finding['onlyFor']) =>
    FINDINGS.filter((finding) => finding.onlyFor === bucket && !ofLogGroups.includes(finding));
  return `import { ArnFormat, Stack, Validations } from 'aws-cdk-lib';
import type { LogArchiver } from 'cdk-log-archiver';
import { flattenCfnReference } from 'cdk-nag/lib/utils/flatten-cfn-reference';
import type { IConstruct } from 'constructs';

/**
 * What AwsSolutions finds of an archiver. \`keyPrefix\` is empty in a bucket of its own, and \`<account>/<region>/\` in that of
 * another account; \`logGroups\` are \`/aws/lambda/checkout:*\`, or for a prefix \`/aws/lambda/*\` and \`/aws/lambda/*:*\`.
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

${acknowledgements(of(undefined), '  ')}
  for (const logGroup of logGroups.map((name) => named('logs', 'log-group', name))) {
${acknowledgements(ofLogGroups, '    ')}  }
  if (archiver.node.findAll().includes(archiver.bucket)) {
${acknowledgements(of('a bucket of its own'), '    ')}  } else {
    const { account, region } = archiver.bucket.env;
    const keys = printed(stack.formatArn({ service: 'kms', account, region, resource: 'key', resourceName: '*' }));
${acknowledgements(of('a bucket of another account'), '    ')}  }
}
`;
}

function acknowledgements(findings: Finding[] = [], indent: string): string {
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
