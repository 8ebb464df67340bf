import { AwsError } from '../../protocol/aws-error';
import type { LogGroup } from './log-group';
import { computeRetentionStart, type RetentionChange } from './retention-history';

const DAY_MS = 24 * 3_600_000;
/** Time until a policy applies to existing events. */
const DELAY_MS = DAY_MS;
/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutAccountPolicy.html */
const RETENTION_DAYS = [30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653];

interface AccountPolicyReference {
  policyName: string;
  policyType: string;
}

interface PutAccountPolicyInput extends AccountPolicyReference {
  policyDocument: string;
}

interface AccountRetentionPolicy {
  readonly policyName: string;
  /** @default - events never expire */
  readonly days?: number;
  /** Whether log groups that are older than the policy keep their own retention. */
  readonly isForNewOnly: boolean;
  /** Instant of the call. */
  readonly putAt: number;
}

/** Account-level retention policy. It overrides the retention of the log groups that it applies to. */
export class AccountRetention {
  /** Policies in the order of the calls. An entry without a policy stands for a deletion. */
  private readonly changes: { readonly at: number; readonly policy?: AccountRetentionPolicy }[] = [];

  constructor(private readonly now: () => number) {}

  public put({ policyName, policyType, policyDocument }: PutAccountPolicyInput) {
    validatePolicyType(policyType);
    const current = this.changes.at(-1)?.policy;
    if (current && current.policyName !== policyName) {
      throw new AwsError('LimitExceededException', 'Resource limit exceeded.');
    }
    const policy = { policyName, ...parsePolicy(policyDocument), putAt: current?.putAt ?? this.now() };
    this.changes.push({ at: this.now(), policy });
    return {
      accountPolicy: { policyName, policyDocument, policyType, scope: 'ALL', lastUpdatedTime: this.now() },
    };
  }

  public delete({ policyName, policyType }: AccountPolicyReference) {
    validatePolicyType(policyType);
    if (this.changes.at(-1)?.policy?.policyName !== policyName) {
      throw new AwsError('ResourceNotFoundException', 'The specified account policy does not exist.');
    }
    this.changes.push({ at: this.now() });
    return {};
  }

  /** Returns the effective retention of a log group as DescribeLogGroups does: a new policy shows at once. */
  public describe(logGroup: LogGroup): { retentionInDays?: number; retentionPolicyName?: string } {
    const policy = this.changes.at(-1)?.policy;
    const applies = policy !== undefined && appliesTo(policy, logGroup);
    const days = applies ? policy.days : logGroup.retentionChanges.at(-1)?.days;
    return {
      ...(days === undefined ? {} : { retentionInDays: days }),
      ...(applies ? { retentionPolicyName: policy.policyName } : {}),
    };
  }

  /** Returns the instant before which events of a log group have expired. */
  public computeStart(logGroup: LogGroup, now: number): number {
    return computeRetentionStart(this.listChanges(logGroup), now);
  }

  /**
   * Returns the start of the range that AWS accepts in a request.
   *
   * AWS's messages name the retention setting. Earlier settings do not matter, although a shorter one removed events.
   */
  public computeAcceptedStart(logGroup: LogGroup, now: number): number {
    return computeRetentionStart(
      this.listChanges(logGroup)
        .filter(({ at }) => at <= now)
        .slice(-1),
      now,
    );
  }

  /** Combines the retention of a log group and of the account into one sequence of changes. */
  private listChanges(logGroup: LogGroup): readonly RetentionChange[] {
    if (this.changes.length === 0) {
      return logGroup.retentionChanges;
    }
    const instants = [...logGroup.retentionChanges.map(({ at }) => at), ...this.changes.map(({ at }) => at + DELAY_MS)];
    return instants
      .sort((a, b) => a - b)
      .map((at) => {
        const policy = this.changes.findLast((change) => change.at + DELAY_MS <= at)?.policy;
        const applies = policy !== undefined && appliesTo(policy, logGroup);
        return { at, days: applies ? policy.days : logGroup.retentionChanges.findLast((own) => own.at <= at)?.days };
      });
  }
}

function appliesTo({ isForNewOnly, putAt }: AccountRetentionPolicy, { creationTime }: LogGroup): boolean {
  return !isForNewOnly || creationTime >= putAt;
}

function validatePolicyType(policyType: string) {
  if (policyType !== 'RETENTION_POLICY') {
    throw invalid(`local-aws supports only the policy type RETENTION_POLICY, got ${policyType}`);
  }
}

function parsePolicy(policyDocument: string): Pick<AccountRetentionPolicy, 'days' | 'isForNewOnly'> {
  const { retentionInDays, enforcementMode } = Object(parse(policyDocument));
  if (retentionInDays !== 'NEVER_EXPIRE' && !RETENTION_DAYS.includes(retentionInDays)) {
    throw invalid(
      `retentionInDays must be NEVER_EXPIRE or one of ${RETENTION_DAYS.join(', ')}, got ${retentionInDays}`,
    );
  }
  if (!['NEW_ONLY', 'RETROACTIVE'].includes(enforcementMode)) {
    throw invalid(`enforcementMode must be NEW_ONLY or RETROACTIVE, got ${enforcementMode}`);
  }
  return {
    isForNewOnly: enforcementMode === 'NEW_ONLY',
    ...(retentionInDays === 'NEVER_EXPIRE' ? {} : { days: retentionInDays }),
  };
}

function parse(policyDocument: string): unknown {
  try {
    return JSON.parse(policyDocument);
  } catch {
    throw invalid('policyDocument must be JSON');
  }
}

function invalid(message: string) {
  return new AwsError('InvalidParameterException', message);
}
