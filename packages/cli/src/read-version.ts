import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Reads the version of the package, which is one folder above the bundle as well as the sources. */
export function readVersion(): string {
  return JSON.parse(readFileSync(join(__dirname, '..', 'package.json'), 'utf8')).version;
}
