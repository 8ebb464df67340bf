import type { Alarm, Metric, MetricOptions } from 'aws-cdk-lib/aws-cloudwatch';
import type { Key } from 'aws-cdk-lib/aws-kms';
import type { Schedule } from 'aws-cdk-lib/aws-scheduler';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import type { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import type { ArchiveVerifierProps } from './archive-verifier-props';
import { acknowledgeVerifier } from './private/nag/acknowledge-verifier';
import { NotificationTopic } from './private/notifications/notification-topic';
import { createRunMetric } from './private/notifications/run-metrics';
import { createOutputs } from './private/outputs';
import { createSigningKey } from './private/verifier/signing-key';
import { VerifiedBucket } from './private/verifier/verified-bucket';
import { createFaultsAlarm, VerifierAlarms } from './private/verifier/verifier-alarms';
import { VerifierFunctions } from './private/verifier/verifier-functions';
import { createVerifierSchedule } from './private/verifier/verifier-schedule';
import { resolveVerifierSettings } from './private/verifier/verifier-settings';
import { VerifierWorkflow } from './private/verifier/verifier-workflow';

const ARCHIVE_VERIFIER_SYMBOL = Symbol.for('cdk-log-archiver.ArchiveVerifier');

/**
 * Verifies once a month that the archive in a bucket is what its receipts say, for all archivers of the bucket.
 *
 * For each receipt, a run compares the number, sizes and ETags of the objects with the digest in the receipt, and the
 * receipt with the one of the period before. It writes a signed statement for each archiver and period, and a table of
 * all archivers, as JSON and as a page: `_verified/table.json` and `_verified/table.html`. Deploy it into the account and
 * Region of the bucket.
 *
 * An execution fails with `ArchiveNotVerified` if an archiver is at fault.
 *
 * @exampleMetadata fixture=construct
 * @example
 * declare const archive: ArchiveBucket;
 *
 * new ArchiveVerifier(this, 'Verifier', {
 *   bucket: archive.bucket,
 *   expect: [{ account: '111111111111', region: 'eu-west-1' }],
 * });
 */
export class ArchiveVerifier extends Construct {
  /**
   * Whether `x` is an `ArchiveVerifier`.
   *
   * @param x any value
   */
  // biome-ignore lint/suspicious/noExplicitAny: jsii has no unknown
  public static isArchiveVerifier(x: any): x is ArchiveVerifier {
    return x !== null && typeof x === 'object' && ARCHIVE_VERIFIER_SYMBOL in x;
  }

  /** State machine that verifies the archive. To verify it now, start an execution. */
  public readonly stateMachine: StateMachine;

  /** Schedule that starts the state machine on the 8th of each month at 06:00 UTC. */
  public readonly schedule: Schedule;

  /** Dead-letter queue of the schedule: invocations that failed, kept for 14 days. */
  public readonly deadLetterQueue: Queue;

  /**
   * Key that signs the statements and the table, with ECDSA on the curve NIST P-256 and SHA-256. Retained when it is
   * removed from its stack.
   */
  public readonly signingKey: Key;

  /**
   * Alarm for all archivers of the bucket: the last run found one at fault, or could not verify a period.
   *
   * It has no actions, because a run publishes its own message to the `notificationTopic`.
   */
  public readonly alarm: Alarm;

  private readonly archive: VerifiedBucket;

  /**
   * @param scope parent of the construct
   * @param id ID of the construct, unique in its scope
   * @param props properties of the construct
   */
  constructor(scope: Construct, id: string, props: ArchiveVerifierProps) {
    super(scope, id);
    Object.defineProperty(this, ARCHIVE_VERIFIER_SYMBOL, { value: true });
    const settings = resolveVerifierSettings(this, props);
    const { notificationTopic, rolePath } = settings;

    const archive = new VerifiedBucket(this, 'Archive', settings);
    const functions = new VerifierFunctions(this, { ...settings, archive });
    this.signingKey = createSigningKey(this, functions.writeStatements.role);
    const { signingKey } = this;
    const workflow = new VerifierWorkflow(this, 'Workflow', { ...settings, archive, functions, signingKey });
    const { stateMachine } = workflow;
    const schedule = createVerifierSchedule(this, { stateMachine, rolePath });
    this.alarm = createFaultsAlarm(this, stateMachine, settings.bucket);
    if (notificationTopic) {
      const topic = new NotificationTopic(this, 'NotificationTopic', {
        topic: notificationTopic,
        publisher: stateMachine.role,
        rolePath,
      });
      const { deadLetterQueue } = schedule;
      new VerifierAlarms(this, 'Watch', { runs: workflow, deadLetterQueue, topic, faults: this.alarm });
    }

    this.archive = archive;
    this.stateMachine = stateMachine;
    this.schedule = schedule.schedule;
    this.deadLetterQueue = schedule.deadLetterQueue;
    const { bucket } = settings;
    createOutputs(this, {
      BucketName: { placeholder: 'BUCKET', meaning: 'Bucket of the archive', value: bucket.bucketName },
      StateMachineArn: { placeholder: 'ARN', meaning: 'ARN of the state machine', value: stateMachine.stateMachineArn },
      SigningKeyArn: { placeholder: 'KEY', meaning: 'Key that signs the statements', value: signingKey.keyArn },
    });
  }

  /**
   * Acknowledges the findings of cdk-nag 3 that no property of the verifier removes, each with its reason.
   *
   * Only the findings that `docs/cdk-nag.md` lists are acknowledged, for this verifier only.
   *
   * Throws if aws-cdk-lib is older than 2.269.0, because earlier versions reject the IDs of some findings.
   */
  public acknowledgeNagFindings(): void {
    acknowledgeVerifier(this, this.archive, this.stateMachine);
  }

  /**
   * Archivers at fault, and periods that could not be verified. One value per run.
   *
   * Maximum over five minutes by default.
   *
   * @param options options of the metric
   */
  public metricFaults(options?: MetricOptions): Metric {
    return createRunMetric(this.stateMachine, 'VerificationFaults', options);
  }
}
