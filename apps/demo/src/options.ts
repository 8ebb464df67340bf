import { readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { parsePeriods, validateTimeZone } from '@log-archiver/core';
import { type FaultName, makeFolder, NAMED_FAULTS } from '@log-archiver/local-aws';
import { Granularity } from 'cdk-log-archiver';
import { Command, InvalidArgumentError, Option } from 'commander';
import { STORIES } from './accounts/stories';
import type { PeriodOptions } from './calendar';
import { findPeriod, type LogFile, MAX_LOG_FILE_MIB, readLogFiles } from './log-files/log-file';
import { validateSamplePeriods } from './sample-history';

const FAULT_NAMES = Object.keys(NAMED_FAULTS) as FaultName[];
const EXIT_CODE =
  'The exit code is 0 if the first run archives everything and the second run finds nothing to do. If a fault makes the\nfirst run fail, the second run archives the rest, as on the next day on AWS, and the exit code is 1.\nWith --accounts, it is 0 if each verification finds the statuses that the demo expects.';

export interface DemoOptions extends PeriodOptions {
  /** Folder for the buckets. */
  readonly out: string;
  /** Folder for temporary files, which may not exist. */
  readonly temporaryFolder: string;
  readonly json: boolean;
  /** Faults of AWS, from the first run on. */
  readonly fault?: FaultName[];
  /** Number of accounts with one archive bucket. @default - one account with its own bucket */
  readonly accounts?: number;
  /** Log files to archive instead of the sample's logs. */
  readonly logFiles?: LogFile[];
}

/** Options as they are given on the command line. */
interface CommandLine extends Omit<DemoOptions, 'out' | 'logFiles' | 'temporaryFolder'> {
  readonly out?: string;
  readonly logFile?: string[];
  readonly timestampField?: string[];
}

/** Parses the command line. Ends the process with a message if an option is invalid. */
export function parseOptions(argv: string[], temporaryFolder: string, now: number): DemoOptions {
  const command = new Command('npm run demo --')
    .description(
      'Archives CloudWatch logs to S3 on this machine, without an AWS account. It plans the run, archives, compares the ' +
        'archive with the logs, and runs again, which finds nothing to do.',
    )
    .option('--out <dir>', 'an empty folder for the buckets (default: a new temporary folder)')
    .option('--time-zone <zone>', 'the time zone of months and days, an IANA name', parseTimeZone, 'Asia/Tokyo')
    .addOption(
      new Option('--granularity <granularity>', 'the length of a period')
        .choices(Object.values(Granularity))
        .default(Granularity.MONTHLY),
    )
    .option(
      '--period <period>',
      'the periods to archive, such as 2026-10, 2026-10-31 or 2026-08/2026-10 (default: the last three)',
    )
    .option(
      '--fault <name>',
      'injects a fault of AWS from the first run on; repeatable, see the names below',
      parseFaults,
    )
    .option(
      '--log-file <file>',
      `archives the events of a log file, ${MAX_LOG_FILE_MIB} MiB of all files at most; repeatable (default: generated logs of three months)`,
      (file: string, previous: string[] = []) => [...previous, file],
    )
    .option(
      '--timestamp-field <name>',
      'the field of JSON lines that has the time, such as time, @timestamp or ts; repeatable (default: timestamp)',
      (name: string, previous: string[] = []) => [...previous, name],
    )
    .addOption(
      new Option(
        '--accounts <n>',
        'archives two months of 2 to 8 accounts to one bucket, changes the archive, and verifies it twice (default: 1)',
      )
        .argParser(parseAccounts)
        .conflicts(['logFile', 'fault', 'period', 'granularity']),
    )
    .option('--json', 'prints only the result, as JSON (use npm run --silent)', false)
    .addHelpText('after', `\n${EXIT_CODE}\n\nFaults:\n${formatFaults()}`)
    .allowExcessArguments(false)
    .showHelpAfterError('(--help lists the options)')
    .parse(argv);
  const { logFile, timestampField, out, ...others } = command.opts<CommandLine>();
  const options: DemoOptions = { ...others, out: out === undefined ? temporaryFolder : resolve(out), temporaryFolder };
  const check = <T>(option: string, work: () => T): T => {
    try {
      return work();
    } catch (error) {
      return command.error(`error: option '${option}': ${(error as Error).message}`);
    }
  };
  if (timestampField !== undefined && logFile === undefined) {
    command.error("error: option '--timestamp-field <name>' requires option '--log-file <file>'");
  }
  const isGranularityGiven = command.getOptionValueSource('granularity') === 'cli';
  check('--period <period>', () => validatePeriod(options, isGranularityGiven, logFile === undefined, now));
  const logFiles = logFile && check('--log-file <file>', () => readFiles(logFile, options, now, timestampField));
  if (out !== undefined) {
    check('--out <dir>', () => prepareEmptyFolder(out));
  }
  return logFiles === undefined ? options : { ...options, logFiles };
}

function validatePeriod(options: DemoOptions, isGranularityGiven: boolean, isSample: boolean, now: number) {
  const { period, granularity, timeZone } = options;
  if (period === undefined) {
    return;
  }
  const periods = parsePeriods(period, timeZone);
  const isMonth = /^\d{4}-\d{2}(\/|$)/.test(period);
  if (isGranularityGiven && isMonth !== (granularity === Granularity.MONTHLY)) {
    throw new Error(`period must be a ${isMonth ? 'day' : 'month'} with --granularity ${granularity}, got "${period}"`);
  }
  if (isSample) {
    validateSamplePeriods(periods, options, now);
  }
}

function readFiles(paths: string[], options: DemoOptions, now: number, timestampFields = ['timestamp']): LogFile[] {
  const logFiles = readLogFiles(paths, { timeZone: options.timeZone, timestampFields });
  findPeriod(logFiles, options, now);
  return logFiles;
}

function parseTimeZone(value: string): string {
  try {
    validateTimeZone(value);
  } catch (error) {
    throw new InvalidArgumentError((error as Error).message);
  }
  return value;
}

function parseAccounts(value: string): number {
  const accounts = Number(value);
  if (!/^\d+$/.test(value) || accounts < 1 || accounts > STORIES.length) {
    throw new InvalidArgumentError(`It must be a whole number from 1 to ${STORIES.length}.`);
  }
  return accounts;
}

function parseFaults(value: string, previous: FaultName[] = []): FaultName[] {
  const name = FAULT_NAMES.find((known) => known === value);
  if (name === undefined) {
    throw new InvalidArgumentError(`Allowed choices are ${FAULT_NAMES.join(', ')}.`);
  }
  const names = [...previous, name];
  if (names.includes('slot-taken') && names.includes('slot-blocked')) {
    throw new InvalidArgumentError('There is only one export slot; use slot-taken or slot-blocked.');
  }
  return names;
}

function formatFaults(): string {
  const width = Math.max(...FAULT_NAMES.map(({ length }) => length));
  return FAULT_NAMES.map((name) => `  ${name.padEnd(width)}  ${NAMED_FAULTS[name].description}`).join('\n');
}

/** Creates the folder if it does not exist. Throws an error unless it is empty, and files can be written to it. */
function prepareEmptyFolder(value: string) {
  if (value === '') {
    throw new Error('folder must not be an empty string');
  }
  const folder = resolve(value);
  makeFolder(folder);
  if (readdirSync(folder).length > 0) {
    throw new Error(`folder must be empty or not exist, got ${folder}`);
  }
}
