import {
  isLogGroupName,
  type LogGroupTarget,
  MAX_INPUT_BYTES,
  MAX_LOG_GROUP_NAME_LENGTH,
  type RunInput,
} from '@log-archiver/core';
import type { Command } from 'commander';
import { type AwsOptions, validateAwsOptions } from '../aws/create-client';
import { UserError } from '../errors';
import { validatePeriod } from './period-option';
import { showValue } from './show-value';

/** Options of every command that starts an execution. */
export interface RunOptions extends AwsOptions {
  readonly stateMachine?: string;
  readonly period?: string;
  readonly from?: string;
  readonly to?: string;
  readonly logGroup?: string[];
  readonly force?: boolean;
  readonly json?: boolean;
}

/** Execution that a command line requests. */
export interface RunRequest {
  readonly stateMachineArn: string;
  /** Options of the client, with the Region of the state machine. */
  readonly aws: AwsOptions & { readonly region: string };
  readonly input: RunInput;
}

const STATE_MACHINE = /^arn:aws(?:-[a-z]+)*:states:([a-z]{2,}(?:-[a-z]+)+-\d):\d{12}:stateMachine:[^\s:/]{1,80}$/;
const collect = (value: string, values: string[] = []) => [...values, value];

/** Adds the options to a command. */
export function addRunOptions(command: Command): Command {
  return command
    .option('--state-machine <arn>', "ARN of the archiver's state machine (required)")
    .option('--log-group <name>', 'only NAME, or NAME=S3_PREFIX; repeatable', collect)
    .option('--force', 'export again what already has a receipt')
    .option('--json', 'print JSON');
}

export function addPeriodOption(command: Command): Command {
  return command.option('--period <period>', 'month or day, such as 2026-10 (default: as scheduled)');
}

export function addRangeOptions(command: Command): Command {
  return command
    .option('--from <period>', 'first month or day of several')
    .option('--to <period>', 'last month or day, included');
}

/** Validates the options. Makes no call. */
export function parseRunOptions(options: RunOptions, isRangeRequired = false): RunRequest {
  validateAwsOptions(options);
  const { stateMachine, endpointUrl, profile, force = false } = options;
  if (stateMachine === undefined) {
    throw new UserError('--state-machine is required: it names the archiver');
  }
  const [, region] = STATE_MACHINE.exec(stateMachine) ?? [];
  if (region === undefined) {
    throw new UserError(
      '--state-machine must be the ARN of a state machine, "arn:aws:states:REGION:ACCOUNT:stateMachine:NAME", ' +
        `got ${showValue(stateMachine)}`,
    );
  }
  if (options.region !== undefined && options.region !== region) {
    throw new UserError(
      `--region must be the Region of the state machine (${region}), got ${showValue(options.region)}`,
    );
  }
  const period = parsePeriodOrRange(options, isRangeRequired);
  const logGroups = options.logGroup && parseLogGroups(options.logGroup);
  const input: RunInput = {
    ...(period === undefined ? {} : { period }),
    ...(logGroups === undefined ? {} : { logGroups }),
    ...(force ? { force } : {}),
  };
  const bytes = Buffer.byteLength(JSON.stringify(input));
  if (bytes > MAX_INPUT_BYTES) {
    throw new UserError(
      `--log-group must make an input of at most ${MAX_INPUT_BYTES} bytes, got ${bytes}; start several runs`,
    );
  }
  return { stateMachineArn: stateMachine, aws: { endpointUrl, profile, region }, input };
}

function parsePeriodOrRange({ period, from, to }: RunOptions, isRangeRequired: boolean): string | undefined {
  if (period !== undefined) {
    if (from !== undefined || to !== undefined) {
      throw new UserError('--period must not be combined with --from and --to; pass one period or a range');
    }
    validatePeriod(period);
    return period;
  }
  return from === undefined && to === undefined && !isRangeRequired ? undefined : parseRange(from, to);
}

/** Parses the first and the last of several periods. Returns them as the input names them: `2025-01/2025-12`. */
function parseRange(from: string | undefined, to: string | undefined): string {
  if (from === undefined) {
    throw new UserError('--from is required: it names the first month or day');
  }
  if (to === undefined) {
    throw new UserError('--to is required: it names the last month or day');
  }
  validatePeriod(from, '--from');
  validatePeriod(to, '--to');
  if (from.length !== to.length) {
    throw new UserError(`--to must be of the same length as --from (${from}), got ${showValue(to)}`);
  }
  if (to < from) {
    throw new UserError(`--to must not be earlier than --from (${from}), got ${showValue(to)}`);
  }
  return `${from}/${to}`;
}

function parseLogGroups(values: readonly string[]): LogGroupTarget[] {
  const targets = values.map(parseLogGroup);
  const names = targets.map(({ logGroupName }) => logGroupName);
  const duplicate = names.find((name, index) => names.indexOf(name) !== index);
  if (duplicate !== undefined) {
    throw new UserError(`--log-group must not contain duplicates, got ${showValue(duplicate)} twice`);
  }
  return targets;
}

/** Parses a log group and its `s3Prefix`. No name of a log group contains `=`. */
function parseLogGroup(value: string): LogGroupTarget {
  const [logGroupName = ''] = value.split('=', 1);
  const s3Prefix = value.includes('=') ? value.slice(logGroupName.length + 1) : null;
  if (!isLogGroupName(logGroupName)) {
    throw new UserError(
      `--log-group must be 1 to ${MAX_LOG_GROUP_NAME_LENGTH} letters, digits or characters of ".-_/#", got ${showValue(logGroupName)}`,
    );
  }
  if (s3Prefix === '') {
    throw new UserError(`--log-group must have a non-empty prefix after "=", got ${showValue(value)}`);
  }
  return { logGroupName, s3Prefix };
}
