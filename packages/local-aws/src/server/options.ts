import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Command, InvalidArgumentError, Option } from 'commander';
import { parseInstant } from '../time/clock';
import { makeFolder } from './make-folder';

export interface Options {
  readonly port: number;
  /** Folder that contains a folder for each bucket. */
  readonly directory: string;
  readonly region: string;
  /** Instant at which virtual time starts, in milliseconds since the epoch. @default - real time */
  readonly virtualTime?: number;
}

/** Parses the command line. Ends the process with a message if an option is invalid. */
export function parseOptions(argv: string[]): Options {
  const command = new Command('npm run local-aws --')
    .description('Serves CloudWatch Logs with export tasks, and objects of S3, on this machine, for any AWS client')
    .addOption(new Option('--port <port>', 'port to listen on').argParser(port).default(0, 'any free port'))
    .option('--directory <dir>', 'folder for the buckets, one folder each (default: a temporary folder)', directory)
    .option('--region <region>', 'AWS Region to serve', region, 'ap-northeast-1')
    .option(
      '--virtual-time <instant>',
      'start at this instant; time passes only with POST /_clock {"moveTo": …}',
      instant,
    )
    .allowExcessArguments(false)
    .addHelpText(
      'after',
      '\nTo create a bucket, call CreateBucket (aws s3 mb s3://NAME), or create a folder in --directory.\nAn export task ends 23 seconds after its creation.',
    )
    .showHelpAfterError('(--help lists the options)')
    .parse(argv);
  const options = command.opts<Omit<Options, 'directory'> & { directory?: string }>();
  try {
    return { ...options, directory: options.directory ?? mkdtempSync(join(tmpdir(), 'local-aws-')) };
  } catch (error) {
    return command.error(`error: TMPDIR must be a writable folder: ${(error as Error).message}`);
  }
}

function port(value: string): number {
  const number = Number(value);
  if (!/^\d+$/.test(value) || number > 65_535) {
    throw new InvalidArgumentError('port must be a number from 0 to 65535.');
  }
  return number;
}

function directory(value: string): string {
  if (value === '') {
    throw new InvalidArgumentError('directory must not be empty.');
  }
  const folder = resolve(value);
  try {
    makeFolder(folder);
  } catch (error) {
    throw new InvalidArgumentError(`directory must be a writable folder: ${(error as Error).message}`);
  }
  return folder;
}

function region(value: string): string {
  if (!/^[a-z]{2,}(-[a-z]+)+-\d$/.test(value)) {
    throw new InvalidArgumentError('region must be formatted like ap-northeast-1.');
  }
  return value;
}

function instant(value: string): number {
  try {
    return parseInstant(value);
  } catch (error) {
    throw new InvalidArgumentError((error as Error).message);
  }
}
