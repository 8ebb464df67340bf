import { destinationPrefix, exportTaskName, METADATA_PREFIX, parsePeriod, resolveS3Prefix } from '@log-archiver/core';
import { AwsError, type LocalAws, type StateMachine } from '@log-archiver/local-aws';
import { ACCOUNT, type ArchiverTraits, BUCKET_NAME, findTimeZone, ORDERS, REGION } from './archivers';
import type { Days } from './days';
import { forge, type ObjectKind, type Target } from './forgeries';
import { type Attack, FAULTY_DAYS, type World } from './world';

const SECOND_MS = 1_000;
/** Maximum number of repetitions of an attack. */
const REPETITIONS = 5;
/** Number of attempts to get the export slot, one per second. */
const SLOT_ATTEMPTS = 10;
const OWN_BUCKET = 'adversarys-bucket';

const KEYS_OF_KIND: Record<ObjectKind, RegExp> = {
  RECEIPT: /\/_log-archiver\/receipts\//,
  PART_RECORD: /\/_log-archiver\/parts\//,
  PERIOD_STATUS: /\/periods\/.*\/\d{4}-\d\d(-\d\d)?\.json$/,
  TASK_SECRET: /\/task-secret\.json$/,
  OBJECT: /\.gz$/,
};

type ExportDeed = Extract<Attack['deed'], { on: 'EXPORT' }>;
type BucketDeed = Extract<Attack['deed'], { on: 'BUCKET' }>;
type ExportInput = Parameters<LocalAws['logs']['exportTasks']['create']>[0];

/** The attacked account. */
interface Victim {
  readonly aws: LocalAws;
  readonly days: Days;
  readonly archivers: readonly { traits: ArchiverTraits; stateMachine: StateMachine }[];
}

/**
 * A principal of the archivers' account that tries to make a period look complete without its events.
 *
 * Its role has all permissions for S3 and CloudWatch Logs, but is not under the path that the archive bucket admits. No
 * fault affects its requests. A request to S3 that the bucket's policy allows is executed, so that its effect shows.
 */
export class Adversary {
  /** Requests that the policy of the archive bucket should have denied, and errors of the attacks themselves. */
  public readonly violations: string[] = [];
  /** Export tasks that the adversary created. */
  public readonly taskIds = new Set<string>();
  private readonly roleArn: string;

  constructor(
    private readonly victim: Victim,
    private readonly logGroups: World['logGroups'],
    private readonly traits: NonNullable<World['adversary']>,
  ) {
    const { access, buckets } = victim.aws;
    this.roleArn = `arn:aws:iam::${ACCOUNT}:role/${traits.role}`;
    const document = { Statement: [{ Effect: 'Allow' as const, Action: ['s3:*', 'logs:*'], Resource: '*' }] };
    const role = { logicalId: 'Role', arn: this.roleArn, policies: [{ logicalId: 'Policy', document }] };
    access?.add({ account: ACCOUNT, roles: [role], resourcePolicies: [] });
    buckets.createBucket(OWN_BUCKET);
  }

  /** Schedules the attacks. */
  public start() {
    const { aws, days } = this.victim;
    for (const attack of this.traits.attacks) {
      const from = days.at(attack.moment);
      if (attack.after === undefined) {
        aws.clock.timers.setTimeout(() => this.attack(attack), from - aws.clock.now());
      } else {
        let left = attack.isRepeated ? REPETITIONS : 1;
        const attackAfter = <T>(makeCall: () => Promise<T>) =>
          makeCall().finally(() => {
            if (left > 0) {
              left -= 1;
              this.attack(attack);
            }
          });
        aws.faults.inject(attackAfter, { of: attack.after, from, until: days.start(FAULTY_DAYS) });
      }
    }
  }

  private attack(attack: Attack) {
    try {
      const target = this.describeTarget(attack);
      if (attack.deed.on === 'BUCKET') {
        this.attackBucket(attack.deed, target);
      } else {
        this.attackExport(attack.deed, target);
      }
    } catch (error) {
      // Thrown into the watched call, it would look like a fault.
      this.violations.push(String(error));
    }
  }

  private describeTarget(attack: Attack): Target {
    const { aws, days, archivers } = this.victim;
    const { traits, stateMachine } = select(archivers, attack.archiver);
    const { name: logGroupName } = select(this.logGroups, attack.logGroup);
    const { keyPrefix } = traits;
    const timeZone = findTimeZone(traits);
    const period = parsePeriod(select(days.periods, attack.period), timeZone);
    const ownPrefix = logGroupName === ORDERS ? traits.ordersPrefix : null;
    const s3Prefix = resolveS3Prefix({ logGroupName, s3Prefix: ownPrefix }, keyPrefix);
    const { stateMachineArn } = stateMachine;
    return {
      ...{ logGroupName, s3Prefix, period },
      destinationPrefix: destinationPrefix(keyPrefix, period.name, s3Prefix),
      location: { account: ACCOUNT, region: REGION, keyPrefix, timeZone },
      execution: { id: 'forged', name: 'forged', stateMachineArn, startedAt: new Date(aws.clock.now()).toISOString() },
    };
  }

  private attackBucket({ what, how }: BucketDeed, target: Target) {
    const { buckets, clock } = this.victim.aws;
    const keys = buckets.listObjects(BUCKET_NAME);
    const forgery = forge(what, target, clock.now());
    const isExported = (key: string) => key.startsWith(`${target.destinationPrefix}/`) && KEYS_OF_KIND.OBJECT.test(key);
    const key = (what === 'OBJECT' ? keys.find(isExported) : undefined) ?? forgery.key;
    if (how === 'DELETE') {
      if (this.isAllowed('s3:DeleteObject', key)) {
        buckets.deleteObject(BUCKET_NAME, key);
      }
      return;
    }
    const original = keys.find((other) => other !== key && KEYS_OF_KIND[what].test(other));
    if (how === 'COPY' && original !== undefined) {
      // The body is copied although this is denied: an outsider may know it from elsewhere.
      this.isAllowed('s3:GetObject', original);
    }
    const copy = original === undefined ? '' : buckets.getObject(BUCKET_NAME, original);
    const body = { FORGE: forgery.body, COPY: copy, EMPTY: '' }[how];
    // A new receipt requires the header. It would prevent replacing an object.
    const header: Record<string, string> = keys.includes(key) ? {} : { 's3:if-none-match': '*' };
    if (this.isAllowed('s3:PutObject', key, { 's3:ObjectCreationOperation': 'true', ...header })) {
      buckets.putObject(BUCKET_NAME, key, body);
    }
  }

  /** Whether the archive bucket allows a request, which is a bug. The reason of a denial must be the bucket's policy. */
  private isAllowed(action: string, key: string, context: Record<string, string> = {}): boolean {
    const { access } = this.victim.aws;
    const resource = `arn:aws:s3:::${BUCKET_NAME}/${key}`;
    const decision = access?.decide({ principal: this.roleArn, action, resource, context }) ?? 'ALLOWED';
    if (!decision.includes('resource-based policy')) {
      this.violations.push(`${action} on ${key}: ${decision}`);
    }
    return decision === 'ALLOWED';
  }

  private attackExport(deed: ExportDeed, target: Target) {
    const { exportTasks } = this.victim.aws.logs;
    const { location, logGroupName, period, destinationPrefix } = target;
    if (deed.what === 'GUESS') {
      const { from, to } = period;
      const item = { logGroupName, period: period.name, from, to, destinationPrefix };
      const taskName = exportTaskName(item, BUCKET_NAME, 'guess');
      const input = { taskName, logGroupName, from, to: to + 1, destination: BUCKET_NAME, destinationPrefix };
      this.createExportTask(deed, input, location.keyPrefix);
      return;
    }
    const newest = exportTasks
      .describe({})
      .exportTasks.find(({ taskId, destination }) => destination === BUCKET_NAME && !this.taskIds.has(taskId));
    if (newest === undefined) {
      return;
    }
    if (deed.what !== 'COPY' && ['PENDING', 'RUNNING'].includes(newest.status.code)) {
      exportTasks.cancel(newest);
    }
    if (deed.what !== 'CANCEL') {
      const { taskId: _, status: __, executionInfo: ___, ...input } = newest;
      this.createExportTask(deed, input, location.keyPrefix);
    }
  }

  /** Creates an export task that exports less than `input`, or to another place, as soon as the slot is free. */
  private createExportTask(deed: ExportDeed, input: ExportInput, keyPrefix: string, attempts = SLOT_ATTEMPTS) {
    const { clock, logs } = this.victim.aws;
    const changed = {
      ...input,
      ...(deed.streams === undefined ? {} : { logStreamNamePrefix: deed.streams }),
      ...(deed.isRangeCut ? { to: input.from + 1 } : {}),
      ...(deed.into === 'OWN_BUCKET' ? { destination: OWN_BUCKET } : {}),
      ...(deed.into === 'RECEIPTS' ? { destinationPrefix: `${keyPrefix}/${METADATA_PREFIX}/receipts` } : {}),
    };
    const testObject = `${changed.destinationPrefix}/aws-logs-write-test`;
    const mayWrite =
      deed.into === 'OWN_BUCKET' ||
      this.isAllowed('s3:PutObject', testObject, { 's3:ObjectCreationOperation': 'true' }) ||
      !this.traits.isExportCallerChecked;
    if (!mayWrite) {
      return;
    }
    const scripts = logs.exportTasks.scripts.get(input.logGroupName) ?? [];
    logs.exportTasks.scripts.set(input.logGroupName, [
      { pendingSeconds: 0, runningSeconds: deed.runningSeconds },
      ...scripts,
    ]);
    try {
      const { taskId } = logs.exportTasks.create(changed);
      this.taskIds.add(taskId);
      if (deed.into === 'RECEIPTS') {
        this.violations.push(`an export to ${changed.destinationPrefix}`);
      }
    } catch (error) {
      logs.exportTasks.scripts.set(input.logGroupName, scripts);
      if (!(error instanceof AwsError)) {
        throw error;
      }
      // Any other error, such as that of a deleted log group, ends the attack.
      if (error.name === 'LimitExceededException' && attempts > 1) {
        clock.timers.setTimeout(() => this.createExportTask(deed, input, keyPrefix, attempts - 1), SECOND_MS);
      }
    }
  }
}

/** Returns an element of a list that is not empty, whatever the index. */
function select<T>(list: readonly T[], index: number): T {
  return list[index % list.length] as T;
}
