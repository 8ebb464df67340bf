import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  CreateLogStreamCommand,
  PutLogEventsCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import type { ArchiveReport } from '@log-archiver/core';
import { type ExecutionResult, LocalAws, type Statement, type SynthesizedStack } from '@log-archiver/local-aws';
import { Stack } from 'aws-cdk-lib';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { ArchiveBucket, LogArchiver } from 'cdk-log-archiver';
import { synthesizeAll } from '../../synthesize';

const LOG_ARCHIVE = '999999999999';
const WORKLOAD = '111111111111';
const REGION = 'ap-northeast-1';
const BUCKET = `log-archive-${LOG_ARCHIVE}-${REGION}`;

/** Location of a policy statement: its resource in the template, and its Sid, actions on S3, or first action. */
export interface StatementLocation {
  readonly logicalId: string;
  readonly name: string;
  readonly index: number;
}

/** An archive bucket, and an archiver of `/app/orders` in another account. */
const STACKS = synthesizeStacks();

/** Lists the `Allow` statements of roles and of the bucket. */
export function listAllowStatements(): StatementLocation[] {
  return STACKS.flatMap((stack) =>
    Object.entries(stack.template.Resources).flatMap(([logicalId, { Properties }]) =>
      statementsIn(Properties).flatMap(({ Sid, Effect, Action }, index) =>
        Effect === 'Allow' ? [{ logicalId, name: Sid ?? nameActions([Action].flat()), index }] : [],
      ),
    ),
  );
}

function nameActions(actions: unknown[]): string {
  const [first] = actions.map(String);
  const onObjects = actions.map(String).filter((action) => action.startsWith('s3:'));
  return onObjects.length > 0 ? onObjects.join('+') : String(first);
}

/** Archives October of the workload account into the bucket of the log-archive account, optionally without a statement. */
export async function archiveIntoSharedBucket(without?: StatementLocation) {
  const [bucketStack, workloadStack] = STACKS.map((stack) => withoutStatement(stack, without));
  const logArchive = new LocalAws({ now: '2026-10-31T12:00:00Z', accountId: LOG_ARCHIVE, enforcePolicies: true });
  logArchive.deploy(bucketStack as SynthesizedStack);
  const workload = logArchive.inAccount(WORKLOAD);
  const { stateMachine } = workload.deploy(workloadStack as SynthesizedStack);
  const logs = new CloudWatchLogsClient(workload.clientConfig);
  const [logGroupName, logStreamName] = ['/app/orders', 'stream'];
  await logs.send(new CreateLogGroupCommand({ logGroupName }));
  await logs.send(new CreateLogStreamCommand({ logGroupName, logStreamName }));
  const logEvents = [{ timestamp: Date.parse('2026-10-31T12:00:00Z'), message: 'an order' }];
  await logs.send(new PutLogEventsCommand({ logGroupName, logStreamName, logEvents }));
  await workload.clock.moveTo('2026-11-02T03:00:00Z');
  const result: ExecutionResult = await workload.waitFor(
    stateMachine.startExecution({ scheduledTime: '2026-11-02T03:00:00Z' }),
  );
  const keys = logArchive.buckets.listObjects(BUCKET);
  const [report] = keys
    .filter((key) => key.endsWith('/report.json'))
    .map((key): ArchiveReport => JSON.parse(logArchive.buckets.getObject(BUCKET, key).toString()));
  const denials = workload.requestHandler.calls.filter(({ error }) => error?.startsWith('AccessDenied'));
  return { result, keys, report, denials };
}

function synthesizeStacks(): SynthesizedStack[] {
  return synthesizeAll((app) => {
    const logArchive = new Stack(app, 'LogArchive', { env: { account: LOG_ARCHIVE, region: REGION } });
    const workload = new Stack(app, 'Workload', { env: { account: WORKLOAD, region: REGION } });
    const { bucket } = new ArchiveBucket(logArchive, 'Archive', { sourceAccounts: [WORKLOAD] });
    new LogArchiver(workload, 'Archiver', {
      bucket,
      logGroups: [LogGroup.fromLogGroupName(workload, 'Orders', '/app/orders')],
    });
    return [logArchive, workload];
  });
}

function withoutStatement(stack: SynthesizedStack, without?: StatementLocation): SynthesizedStack {
  const template = structuredClone(stack.template);
  const found = without && template.Resources[without.logicalId];
  if (found) {
    statementsIn(found.Properties).splice(without.index, 1);
  }
  return { ...stack, template };
}

function statementsIn(properties: Record<string, unknown> = {}): Statement[] {
  return (properties.PolicyDocument as { Statement: Statement[] } | undefined)?.Statement ?? [];
}
