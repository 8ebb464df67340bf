import type { ManualTrial } from './trial';

const KEY = 'a KMS key cannot be removed for 7 days, and this command removes all that it creates';
const DEPLOYED = 'it needs a deployed archiver';
const TABLE = 'it needs a deployed archive with an ArchiveTable';

/** Items that the command cannot try, with what to do instead. The runbook has the details of each. */
export const NOT_TRIED: readonly ManualTrial[] = [
  {
    number: 5,
    title: 'Slot scope',
    reason: 'it needs a bucket and a log group in a second Region',
    byHand: 'start a long export in each of two Regions at once, and see whether the second call is rejected',
  },
  {
    number: 6,
    title: 'Status after 24 hours',
    reason: 'it takes 24 hours, and a log group that is too large to export in that time',
    byHand:
      'export a range of several terabytes; after 23.5 hours cancel the task, after 24 hours describe another one',
  },
  {
    number: 11,
    title: 'A disabled key',
    reason: KEY,
    byHand: 'disable the key of a log group, then call FilterLogEvents and DescribeLogStreams',
  },
  {
    number: 12,
    title: 'A log group that changes',
    reason: 'an account-level policy changes the retention of all log groups of the account',
    byHand:
      'in an account for tests, put an account-level retention policy, and call DescribeLogGroups at once and later',
  },
  {
    number: 15,
    title: 'The log of a function',
    reason: DEPLOYED,
    byHand: 'give a function of the archiver too little memory and time, run it, and read its log and its metrics',
  },
  {
    number: 16,
    title: 'The log of a run with an unreported failure',
    reason: DEPLOYED,
    byHand: "remove a permission of a function, start a run, and read the state machine's log",
  },
  {
    number: 17,
    title: 'A customer-managed key',
    reason: KEY,
    byHand: 'deploy an archiver with an encryptionKey, and read the calls of the key in CloudTrail',
  },
  {
    number: 18,
    title: "EventBridge publishes with the role of the rule's target",
    reason: DEPLOYED,
    byHand:
      'abort a run of an archiver with a notificationTopic, also with an encrypted topic and one of another account',
  },
  {
    number: 19,
    title: 'Alarms publish to an encrypted topic',
    reason: DEPLOYED,
    byHand: 'set an alarm of an archiver with an encrypted topic to ALARM with aws cloudwatch set-alarm-state',
  },
  {
    number: 20,
    title: 'The state of the alarms',
    reason: 'it needs a deployed archiver, and a day',
    byHand: 'read the states of the alarms after the deployment, and a day later',
  },
  {
    number: 22,
    title: 'Encryption context',
    reason: KEY,
    byHand: 'export into a bucket with a customer-managed key, and read GenerateDataKey in CloudTrail',
  },
  {
    number: 23,
    title: '`kms:ViaService`',
    reason: KEY,
    byHand: 'export into a bucket with a customer-managed key, and read the calls of the key in CloudTrail',
  },
  {
    number: 28,
    title: 'The signing key',
    reason: KEY,
    byHand: 'deploy an ArchiveVerifier',
  },
  {
    number: 29,
    title: 'A location below `_log-archiver/`',
    reason: TABLE,
    byHand: 'run SELECT * FROM tasks',
  },
  {
    number: 30,
    title: 'An `s3_prefix` with slashes',
    reason: TABLE,
    byHand: "query events with s3_prefix = 'aws/lambda/checkout', and a log stream with unusual characters",
  },
  {
    number: 31,
    title: 'Receipts with the Ion SerDe',
    reason: TABLE,
    byHand: 'query the tasks after you have put an object that is not JSON beside the receipts',
  },
  {
    number: 32,
    title: 'The views of a deployment',
    reason: TABLE,
    byHand: 'query each view right after the deployment',
  },
  {
    number: 33,
    title: 'The order of lines',
    reason: TABLE,
    byHand: 'query events of objects of 1, 20 and 100 MB with messages of several lines',
  },
  {
    number: 34,
    title: 'The permissions of `grantQuery`',
    reason: TABLE,
    byHand: 'run a query as a role that has only these permissions',
  },
  {
    number: 36,
    title: "The caller's use of a customer-managed key",
    reason: KEY,
    byHand:
      'run log-archiver plan against an archiver with an encryptionKey, as a role without permissions for the key',
  },
];
