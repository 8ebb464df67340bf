import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  CreateLogStreamCommand,
  DeleteLogGroupCommand,
  PutLogEventsCommand,
  PutRetentionPolicyCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { accessDenied, type DeployedStack, type Execution, type LocalAws } from '@log-archiver/local-aws';
import type { Temporal } from 'temporal-polyfill';
import type { Incident } from './stories';

/** Log group that the sample's stack imports. */
const IMPORTED = '/aws/lambda/checkout';
const SHORT_RETENTION_DAYS = 7;
const EVENTS_PER_DAY = 3;

/** An account with the sample's workload: its log groups and its archiver. */
export class Workload {
  private readonly client: CloudWatchLogsClient;
  private logGroupNames: string[];
  private isScheduled = true;

  constructor(
    private readonly aws: LocalAws,
    private readonly stack: DeployedStack,
    private readonly incident: Incident | null,
  ) {
    this.client = new CloudWatchLogsClient(aws.clientConfig);
    this.logGroupNames = [...stack.logGroupNames.filter((name) => name.startsWith('/shop/')), IMPORTED];
  }

  /** Creates the log group that the stack imports, and prepares the incident of the account. */
  public async prepare(): Promise<void> {
    await this.client.send(new CreateLogGroupCommand({ logGroupName: IMPORTED }));
    if (this.incident === 'ARCHIVE_CHANGED') {
      const policy = { logGroupName: IMPORTED, retentionInDays: SHORT_RETENTION_DAYS };
      await this.client.send(new PutRetentionPolicyCommand(policy));
    }
    if (this.incident === 'EXPORTS_DENIED') {
      this.aws.faults.inject(accessDenied, { of: 'CreateExportTask' });
    }
    if (this.incident === 'NO_LOG_GROUPS') {
      for (const logGroupName of this.logGroupNames) {
        await this.client.send(new DeleteLogGroupCommand({ logGroupName }));
      }
      this.logGroupNames = [];
    }
  }

  /** Writes the events of a day, also in its first and in its last millisecond. */
  public async writeDay(day: Temporal.ZonedDateTime): Promise<void> {
    const [first, last] = [day.epochMilliseconds, day.add({ days: 1 }).startOfDay().epochMilliseconds - 1];
    const logStreamName = day.toPlainDate().toString().replaceAll('-', '/');
    for (const logGroupName of this.logGroupNames) {
      await this.client.send(new CreateLogStreamCommand({ logGroupName, logStreamName }));
      for (let number = 0; number < EVENTS_PER_DAY; number += 1) {
        const timestamp = first + Math.floor(((last - first) * number) / (EVENTS_PER_DAY - 1));
        const logEvents = [{ timestamp, message: `INFO ${logGroupName} took ${number} ms` }];
        await this.client.send(new PutLogEventsCommand({ logGroupName, logStreamName, logEvents }));
      }
    }
  }

  /** Starts the archiver. Returns `undefined` if its schedule is disabled. */
  public startRun(scheduledTime: Temporal.ZonedDateTime): Execution | undefined {
    return this.isScheduled
      ? this.stack.stateMachine.startExecution({ scheduledTime: scheduledTime.toInstant().toString() })
      : undefined;
  }

  /** Disables the schedule of the archiver. */
  public disableSchedule() {
    this.isScheduled = false;
  }
}
