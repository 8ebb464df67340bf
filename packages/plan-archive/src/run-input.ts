import {
  InvalidArchiveRequest,
  isLogGroupName,
  type LogGroupTarget,
  MAX_INPUT_BYTES,
  type PlanArchiveRequest,
  parseInstant,
  type RunInput,
  show,
  toIsoTime,
} from '@log-archiver/core';

/** Maximum lead of the clock that set `scheduledTime` over the clock of this function. */
const MAX_CLOCK_SKEW_MS = 5 * 60_000;
const INPUT_FIELDS: Record<keyof RunInput, true> = {
  scheduledTime: true,
  period: true,
  logGroups: true,
  dryRun: true,
  force: true,
};
const TARGET_FIELDS: Record<keyof LogGroupTarget, true> = { logGroupName: true, s3Prefix: true };

/** The input of a run after validation, with its defaults. */
export interface ValidInput {
  scheduledTime: string;
  period: string | null;
  /** `null`: the log groups of the definition. */
  logGroups: LogGroupTarget[] | null;
  dryRun: boolean;
  force: boolean;
  /** Whether the run does what the schedule does. */
  isScheduled: boolean;
}

/** Parses the input of the execution. An unknown field is an error, because the run would ignore what its author meant. */
export function parseInput(
  {
    input,
    execution,
    logGroups,
    selectors,
  }: Pick<PlanArchiveRequest, 'input' | 'execution' | 'logGroups' | 'selectors'>,
  now: number,
): ValidInput {
  if (typeof input !== 'object' || input === null || Array.isArray(input)) {
    throw new InvalidArchiveRequest(`input must be an object, got ${show(input)}`);
  }
  const unknown = findUnknownField(input, INPUT_FIELDS);
  if (unknown !== undefined) {
    throw new InvalidArchiveRequest(`unknown input field ${show(unknown)}; expected one of ${list(INPUT_FIELDS)}`);
  }
  const bytes = Buffer.byteLength(JSON.stringify(input));
  if (bytes > MAX_INPUT_BYTES) {
    throw new InvalidArchiveRequest(`input must be at most ${MAX_INPUT_BYTES} bytes long, got ${bytes} bytes`);
  }
  const valid = {
    scheduledTime:
      input.scheduledTime === undefined ? execution.startedAt : parseScheduledTime(input.scheduledTime, now),
    period: parsePeriodName(input.period ?? null),
    logGroups: input.logGroups === undefined ? null : parseTargets(input.logGroups),
    dryRun: parseFlag('dryRun', input.dryRun),
    force: parseFlag('force', input.force),
    isScheduled: isScheduled(input),
  };
  if (valid.logGroups === null && logGroups.length + selectors.length === 0) {
    throw new InvalidArchiveRequest('logGroups is required: the state machine defines none');
  }
  return valid;
}

/** Whether an input asks for what the schedule does. The input may be another run's, not yet validated. */
export function isScheduled({ period = null, logGroups, dryRun, force }: RunInput): boolean {
  return period === null && logGroups === undefined && dryRun !== true && force !== true;
}

function parseScheduledTime(scheduledTime: string, now: number): string {
  const instant = parseInstant('scheduledTime', scheduledTime);
  if (instant.epochMilliseconds > now + MAX_CLOCK_SKEW_MS) {
    throw new InvalidArchiveRequest(
      `scheduledTime must not be later than now (${toIsoTime(now)}), got ${show(scheduledTime)}`,
    );
  }
  return scheduledTime;
}

function parsePeriodName(period: unknown): string | null {
  if (period !== null && (typeof period !== 'string' || period === '')) {
    throw new InvalidArchiveRequest(`period must be a non-empty string or null, got ${show(period)}`);
  }
  return period;
}

function parseFlag(field: string, value: unknown): boolean {
  if (value !== undefined && typeof value !== 'boolean') {
    throw new InvalidArchiveRequest(`${field} must be a boolean, got ${show(value)}`);
  }
  return value ?? false;
}

/** Parses the log groups of an input. A prefix that is not a valid key fails only its own log group, when it is planned. */
function parseTargets(targets: unknown): LogGroupTarget[] {
  if (!Array.isArray(targets) || targets.length === 0) {
    throw new InvalidArchiveRequest(`logGroups must be a non-empty array, got ${show(targets)}`);
  }
  const parsed = targets.map((target, index) => parseTarget(target, `logGroups[${index}]`));
  const names = parsed.map(({ logGroupName }) => logGroupName);
  const duplicate = names.find((name, index) => names.indexOf(name) !== index);
  if (duplicate !== undefined) {
    throw new InvalidArchiveRequest(`logGroups must not contain duplicates, got ${show(duplicate)} twice`);
  }
  return parsed;
}

function parseTarget(target: unknown, path: string): LogGroupTarget {
  if (typeof target !== 'object' || target === null || Array.isArray(target)) {
    throw new InvalidArchiveRequest(`${path} must be an object, got ${show(target)}`);
  }
  const unknown = findUnknownField(target, TARGET_FIELDS);
  if (unknown !== undefined) {
    throw new InvalidArchiveRequest(
      `unknown field ${show(unknown)} in ${path}; expected one of ${list(TARGET_FIELDS)}`,
    );
  }
  const { logGroupName, s3Prefix = null } = target as Partial<LogGroupTarget>;
  if (!isLogGroupName(logGroupName)) {
    throw new InvalidArchiveRequest(`${path}.logGroupName must be a log group name, got ${show(logGroupName)}`);
  }
  if (s3Prefix !== null && (typeof s3Prefix !== 'string' || s3Prefix === '')) {
    throw new InvalidArchiveRequest(`${path}.s3Prefix must be a non-empty string or null, got ${show(s3Prefix)}`);
  }
  return { logGroupName, s3Prefix };
}

function findUnknownField(value: object, fields: object): string | undefined {
  return Object.keys(value).find((field) => !Object.hasOwn(fields, field));
}

function list(fields: object): string {
  return Object.keys(fields).join(', ');
}
