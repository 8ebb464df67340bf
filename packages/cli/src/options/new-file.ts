import { existsSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { UserError } from '../errors';
import { showValue } from './show-value';

/** Throws if `--out` cannot be a new file, before any call. */
export function validateOut(out: string, remedy: string): void {
  if (out === '') {
    throw new UserError('--out must be the path of a new file, got ""');
  }
  if (existsSync(out)) {
    throw new UserError(describeExisting(out, remedy));
  }
  if (!existsSync(dirname(out))) {
    throw new UserError(`--out must be in an existing folder, got ${showValue(out)}`);
  }
}

/** Writes the file of `--out`. Throws if it exists. */
export function writeNewFile(path: string, text: string, remedy: string): void {
  try {
    writeFileSync(path, text, { flag: 'wx' });
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new UserError(
      code === 'EEXIST'
        ? describeExisting(path, remedy)
        : `--out must be a writable path, got ${showValue(path)} (${message})`,
    );
  }
}

function describeExisting(path: string, remedy: string): string {
  return `--out must be a new file, got ${showValue(path)}, which exists; ${remedy}`;
}
