import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  CreateLogStreamCommand,
  PutLogEventsCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import type { ArchiveReport } from '@log-archiver/core';
import { type ExecutionResult, LocalAws, type Statement, type SynthesizedStack } from '@log-archiver/local-aws';
import { App, Stack } from 'aws-cdk-lib';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { ArchiveBucket, LogArchiver } from 'cdk-log-archiver';

const VAULT = '999999999999';
const WORKLOAD = '111111111111';
const REGION = 'ap-northeast-1';
const BUCKET = `log-archive-${VAULT}-${REGION}`;

/** A statement of a template, by the resource that it stands in and its Sid or first action. */
export interface StatementAt {
  readonly logicalId: string;
  readonly name: string;
  readonly index: number;
}

/** A vault, and an archiver of `/app/orders` in another account. */
const VAULT_AND_WORKLOAD: SynthesizedStack[] = synthesize();

/** The statements that allow something, of roles and of the bucket. */
export function allowances(): StatementAt[] {
  return VAULT_AND_WORKLOAD.flatMap((stack) =>
    Object.entries(stack.template.Resources).flatMap(([logicalId, { Properties }]) =>
      statementsIn(Properties).flatMap(({ Sid, Effect, Action }, index) =>
        Effect === 'Allow' ? [{ logicalId, name: Sid ?? String([Action].flat()[0]), index }] : [],
      ),
    ),
  );
}

/** Archives October in the one account, into the bucket of the other; without a statement, if one is named. */
export async function archiveIntoVault(without?: StatementAt) {
  const [vaultStack, workloadStack] = VAULT_AND_WORKLOAD.map((stack) => withoutStatement(stack, without));
  const vault = new LocalAws({ now: '2026-10-31T12:00:00Z', accountId: VAULT, enforcePolicies: true });
  vault.deploy(vaultStack as SynthesizedStack);
  const workload = vault.inAccount(WORKLOAD);
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
  const keys = vault.files.listObjects(BUCKET);
  const [report] = keys
    .filter((key) => key.endsWith('/report.json'))
    .map((key): ArchiveReport => JSON.parse(vault.files.getObject(BUCKET, key).toString()));
  const denials = workload.requestHandler.calls.filter(({ error }) => error?.startsWith('AccessDenied'));
  return { result, keys, report, denials };
}

function synthesize(): SynthesizedStack[] {
  const app = new App({ outdir: mkdtempSync(join(tmpdir(), 'log-archiver-cdk.out-')) });
  const stackOf = (id: string, account: string) => new Stack(app, id, { env: { account, region: REGION } });
  const { bucket } = new ArchiveBucket(stackOf('Vault', VAULT), 'Archive', { sourceAccounts: [WORKLOAD] });
  const workload = stackOf('Workload', WORKLOAD);
  new LogArchiver(workload, 'Archiver', {
    bucket,
    logGroups: [LogGroup.fromLogGroupName(workload, 'Orders', '/app/orders')],
  });
  const assembly = app.synth();
  return ['Vault', 'Workload'].map((stackName) => ({
    stackName,
    template: assembly.getStackByName(stackName).template,
    assetDirectory: assembly.directory,
  }));
}

function withoutStatement(stack: SynthesizedStack, without?: StatementAt): SynthesizedStack {
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
