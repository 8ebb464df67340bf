import { existsSync, readdirSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { parsePeriods, validateTimeZone } from '@log-archiver/core';
import { type FaultName, NAMED_FAULTS } from '@log-archiver/local-aws';
import { Granularity } from 'cdk-log-archiver';
import { Command, InvalidArgumentError, Option } from 'commander';
import { type LogFile, periodOf, readLogFiles } from './log-files/log-file';
import { refuseAfterSample } from './sample-history';

const FAULT_NAMES = Object.keys(NAMED_FAULTS) as FaultName[];
const EXIT_CODE =
  'The exit code is 0 if the first run archives everything, and the second finds nothing to do. What a fault left behind\nthe second run archives, as the next day would on AWS; the exit code is 1 all the same.';

export interface DemoOptions {
  /** Where the buckets go. */
  readonly out?: string;
  readonly timeZone: string;
  readonly granularity: Granularity;
  /** One, or the first and the last of several. @default - the three that ended last */
  readonly period?: string;
  readonly json: boolean;
  /** What goes wrong with AWS from the first run on. */
  readonly fault?: FaultName[];
  /** Archived in place of the sample's logs. */
  readonly logFiles?: LogFile[];
}

/** Reads the command line; ends the process with a message if something on it is wrong. */
export function parseOptions(argv: string[], now: number): DemoOptions {
  const command = new Command('npm run demo --')
    .description(
      'Archives months of CloudWatch logs to S3, on this machine and without an AWS account:\nplans it, does it, proves it, and does it again, which finds nothing to do',
    )
    .option('--out <dir>', 'an empty folder for the buckets (default: a temporary one)', emptyFolder)
    .option('--time-zone <zone>', 'where a month or day ends, an IANA time zone', timeZone, 'Asia/Tokyo')
    .addOption(
      new Option('--granularity <granularity>', 'how long a period is')
        .choices(Object.values(Granularity))
        .default(Granularity.MONTHLY),
    )
    .option(
      '--period <period>',
      'the month or day to archive, such as 2026-10, 2026-10-31 or 2026-08/2026-10 (default: the last three)',
    )
    .option('--fault <name>', 'lets AWS go wrong from the first run on; repeatable, the names are below', faultNames)
    .option(
      '--log-file <file>',
      'archives the events of a log file; repeatable (default: logs made up for three months)',
      (file: string, previous: string[] = []) => [...previous, file],
    )
    .option('--json', 'the result as JSON, and nothing else on standard output (of npm run --silent)', false)
    .addHelpText('after', `\n${EXIT_CODE}\n\nFaults:\n${listOfFaults()}`)
    .allowExcessArguments(false)
    .showHelpAfterError('(--help lists the options)')
    .parse(argv);
  const { logFile, ...options } = command.opts<DemoOptions & { logFile?: string[] }>();
  if (options.period !== undefined) {
    try {
      const periods = parsePeriods(options.period, options.timeZone);
      if (logFile === undefined) {
        refuseAfterSample(periods, options, now);
      }
    } catch (error) {
      command.error(`error: option '--period <period>': ${(error as Error).message}`);
    }
  }
  if (logFile === undefined) {
    return options;
  }
  try {
    const logFiles = readLogFiles(logFile, options.timeZone);
    periodOf(logFiles, options, now);
    return { ...options, logFiles };
  } catch (error) {
    return command.error(`error: option '--log-file <file>': ${(error as Error).message}`);
  }
}

function timeZone(value: string): string {
  try {
    validateTimeZone(value);
  } catch (error) {
    throw new InvalidArgumentError((error as Error).message);
  }
  return value;
}

function faultNames(value: string, previous: FaultName[] = []): FaultName[] {
  const name = FAULT_NAMES.find((known) => known === value);
  if (name === undefined) {
    throw new InvalidArgumentError(`Allowed choices are ${FAULT_NAMES.join(', ')}.`);
  }
  const names = [...previous, name];
  if (names.includes('slot-taken') && names.includes('slot-blocked')) {
    throw new InvalidArgumentError('There is one slot: give slot-taken or slot-blocked.');
  }
  return names;
}

function listOfFaults(): string {
  const width = Math.max(...FAULT_NAMES.map(({ length }) => length));
  return FAULT_NAMES.map((name) => `  ${name.padEnd(width)}  ${NAMED_FAULTS[name].description}`).join('\n');
}

function emptyFolder(value: string): string {
  const folder = resolve(value);
  if (statSync(folder, { throwIfNoEntry: false })?.isFile()) {
    throw new InvalidArgumentError('it is a file.');
  }
  if (existsSync(folder) && readdirSync(folder).length > 0) {
    throw new InvalidArgumentError('the folder must be empty or not exist yet.');
  }
  return folder;
}
