import { AwsError } from '../../protocol/aws-error';
import { AccountRetention } from './account-retention';
import type { LogGroup, LogGroupClass, LogStream, StoredEvent } from './log-group';

const MAX_TAGS = 50;

interface CreateLogGroupInput {
  logGroupName: string;
  kmsKeyId?: string;
  tags?: Record<string, string>;
  logGroupClass?: LogGroupClass;
  deletionProtectionEnabled?: boolean;
}

interface DataProtectionInput {
  logGroupIdentifier: string;
  policyDocument: string;
}

/** Reference to a log group; exactly one field is required. */
export interface LogGroupReference {
  logGroupName?: string;
  logGroupIdentifier?: string;
}

/** Log groups of an account and Region. */
export class LogGroups {
  public readonly accountRetention: AccountRetention;
  private readonly byName = new Map<string, LogGroup>();

  constructor(
    private readonly now: () => number,
    /** Prefix of the ARNs of all log groups, without the last colon. */
    private readonly arnPrefix: string,
  ) {
    this.accountRetention = new AccountRetention(now);
  }

  /** Creates a log group. Tests pass a `creationTime` to create an older one. */
  public create(
    {
      logGroupName,
      kmsKeyId,
      tags = {},
      logGroupClass = 'STANDARD',
      deletionProtectionEnabled = false,
    }: CreateLogGroupInput,
    creationTime = this.now(),
  ) {
    if (/^aws\//i.test(logGroupName)) {
      throw new AwsError('InvalidParameterException', 'Log groups starting with AWS/ are reserved for AWS.');
    }
    if (this.byName.has(logGroupName)) {
      throw new AwsError('ResourceAlreadyExistsException', 'The specified log group already exists');
    }
    this.byName.set(logGroupName, {
      logGroupName,
      logGroupArn: `${this.arnPrefix}:${logGroupName}`,
      creationTime,
      logGroupClass,
      retentionChanges: [],
      deletionProtectionEnabled,
      ...(kmsKeyId === undefined ? {} : { kmsKeyId }),
      tags: new Map(Object.entries(tags)),
      logStreams: new Map(),
    });
    return {};
  }

  public delete({ logGroupName }: { logGroupName: string }) {
    if (this.get(logGroupName).deletionProtectionEnabled) {
      throw new AwsError('ValidationException', 'Deletion protection is enabled for the specified log group.');
    }
    this.byName.delete(logGroupName);
    return {};
  }

  public putDeletionProtection(input: { logGroupIdentifier: string; deletionProtectionEnabled: boolean }) {
    this.getByIdentifier(input.logGroupIdentifier).deletionProtectionEnabled = input.deletionProtectionEnabled;
    return {};
  }

  /** Records that a log group masks its data. Events are not masked here. */
  public putDataProtection({ logGroupIdentifier, policyDocument }: DataProtectionInput) {
    this.getByIdentifier(logGroupIdentifier).dataProtectionStatus = 'ACTIVATED';
    return { logGroupIdentifier, policyDocument, lastUpdatedTime: this.now() };
  }

  public deleteDataProtection({ logGroupIdentifier }: { logGroupIdentifier: string }) {
    const logGroup = this.getByIdentifier(logGroupIdentifier);
    if (logGroup.dataProtectionStatus !== 'ACTIVATED') {
      throw new AwsError('ResourceNotFoundException', 'The specified data protection policy does not exist.');
    }
    logGroup.dataProtectionStatus = 'DELETED';
    return {};
  }

  public putRetentionPolicy({ logGroupName, retentionInDays }: { logGroupName: string; retentionInDays: number }) {
    this.get(logGroupName).retentionChanges.push({ at: this.now(), days: retentionInDays });
    return {};
  }

  public deleteRetentionPolicy({ logGroupName }: { logGroupName: string }) {
    this.get(logGroupName).retentionChanges.push({ at: this.now() });
    return {};
  }

  public tagResource({ resourceArn, tags }: { resourceArn: string; tags: Record<string, string> }) {
    const logGroup = this.getByIdentifier(resourceArn);
    const tagged = new Map([...logGroup.tags, ...Object.entries(tags)]);
    if (tagged.size > MAX_TAGS) {
      throw new AwsError('TooManyTagsException', `The resource cannot have more than ${MAX_TAGS} tags.`);
    }
    logGroup.tags = tagged;
    return {};
  }

  public has(logGroupName: string): boolean {
    return this.byName.has(logGroupName);
  }

  public get(logGroupName: string): LogGroup {
    const logGroup = this.byName.get(logGroupName);
    if (!logGroup) {
      throw new AwsError('ResourceNotFoundException', 'The specified log group does not exist.');
    }
    return logGroup;
  }

  /** Returns a log group by name, or by ARN with or without `:*`. */
  public getByIdentifier(identifier: string): LogGroup {
    const prefix = `${this.arnPrefix}:`;
    return this.get(identifier.startsWith(prefix) ? identifier.slice(prefix.length).replace(/:\*$/, '') : identifier);
  }

  public getReferenced({ logGroupName, logGroupIdentifier }: LogGroupReference): LogGroup {
    if (logGroupName !== undefined && logGroupIdentifier !== undefined) {
      throw new AwsError('ValidationException', 'LogGroup name and LogGroup ARN are mutually exclusive parameters.');
    }
    const identifier = logGroupName ?? logGroupIdentifier;
    if (identifier === undefined) {
      throw new AwsError('InvalidParameterException', 'Either LogGroup name or LogGroup ARN must be specified.');
    }
    return this.getByIdentifier(identifier);
  }

  public getStream(logGroup: LogGroup, logStreamName: string): LogStream {
    const logStream = logGroup.logStreams.get(logStreamName);
    if (!logStream) {
      throw new AwsError('ResourceNotFoundException', 'The specified log stream does not exist.');
    }
    return logStream;
  }

  /** Returns the events of a log stream that had not expired at an instant. */
  public readEvents(logGroup: LogGroup, { events }: LogStream, instant = this.now()): StoredEvent[] {
    const start = this.accountRetention.computeStart(logGroup, instant);
    return events.filter(({ timestamp }) => timestamp >= start);
  }

  /** Returns all log groups, sorted by name. */
  public all(): LogGroup[] {
    return [...this.byName.values()].sort((a, b) => (a.logGroupName < b.logGroupName ? -1 : 1));
  }
}
