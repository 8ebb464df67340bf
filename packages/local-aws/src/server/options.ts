import { mkdirSync, mkdtempSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Command, InvalidArgumentError, Option } from 'commander';
import { parseInstant } from '../time/clock';

export interface Options {
  readonly port: number;
  /** The folder of the buckets. */
  readonly directory: string;
  readonly region: string;
  /** Where time starts and stands still, in milliseconds since the epoch. */
  readonly virtualTime?: number;
}

/** Reads the command line; ends the process with a message if something on it is wrong. */
export function parseOptions(argv: string[]): Options {
  const options = new Command('npm run local-aws --')
    .description('Serves CloudWatch Logs with export tasks on this machine, for any AWS client')
    .addOption(new Option('--port <port>', 'the port to listen on').argParser(port).default(0, 'any that is free'))
    .option('--directory <dir>', 'the folder of the buckets, a folder each (default: a temporary one)', directory)
    .option('--region <region>', 'the Region to be', region, 'ap-northeast-1')
    .option('--virtual-time <instant>', 'start here, and let time pass only by POST /_clock {"moveTo": …}', instant)
    .allowExcessArguments(false)
    .showHelpAfterError('(--help lists the options)')
    .parse(argv)
    .opts<Omit<Options, 'directory'> & { directory?: string }>();
  return { ...options, directory: options.directory ?? mkdtempSync(join(tmpdir(), 'local-aws-')) };
}

function port(value: string): number {
  const number = Number(value);
  if (!/^\d+$/.test(value) || number > 65_535) {
    throw new InvalidArgumentError('a port is a number from 0 to 65535.');
  }
  return number;
}

function directory(value: string): string {
  const folder = resolve(value);
  if (statSync(folder, { throwIfNoEntry: false })?.isFile()) {
    throw new InvalidArgumentError('it is a file.');
  }
  mkdirSync(folder, { recursive: true });
  return folder;
}

function region(value: string): string {
  if (!/^[a-z]{2,}(-[a-z]+)+-\d$/.test(value)) {
    throw new InvalidArgumentError('a Region is like ap-northeast-1.');
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
