import { existsSync, readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { periodNamed, validateTimeZone } from '@log-archiver/core';
import { Frequency } from 'cdk-log-archiver';
import { Command, InvalidArgumentError, Option } from 'commander';

export interface DemoOptions {
  /** Where the buckets go. */
  readonly out?: string;
  readonly timeZone: string;
  readonly frequency: Frequency;
  readonly period?: string;
  readonly json: boolean;
}

/** Reads the command line; ends the process with a message if something on it is wrong. */
export function parseOptions(argv: string[]): DemoOptions {
  const command = new Command('npm run demo --')
    .description('Archives a month of CloudWatch logs to S3: on this machine, without an AWS account')
    .option('--out <dir>', 'an empty folder for the buckets (default: a temporary one)', emptyFolder)
    .option('--time-zone <zone>', 'where a month or day ends, an IANA time zone', timeZone, 'Asia/Tokyo')
    .addOption(
      new Option('--frequency <frequency>', 'how long a period is')
        .choices(Object.values(Frequency))
        .default(Frequency.MONTHLY),
    )
    .option('--period <period>', 'the month or day to archive, such as 2026-10 or 2026-10-31 (default: the last one)')
    .option('--json', 'the result as JSON, and nothing else on standard output', false)
    .allowExcessArguments(false)
    .showHelpAfterError('(--help lists the options)')
    .parse(argv);
  const options = command.opts<DemoOptions>();
  if (options.period !== undefined) {
    try {
      periodNamed(options.period, options.timeZone);
    } catch (error) {
      command.error(`error: option '--period <period>': ${(error as Error).message}`);
    }
  }
  return options;
}

function timeZone(value: string): string {
  try {
    validateTimeZone(value);
  } catch (error) {
    throw new InvalidArgumentError((error as Error).message);
  }
  return value;
}

function emptyFolder(value: string): string {
  const folder = resolve(value);
  if (existsSync(folder) && readdirSync(folder).length > 0) {
    throw new InvalidArgumentError('the folder must be empty or not exist yet.');
  }
  return folder;
}
