import type { NamedErrorName } from '../src';

/** For `toThrow`: an error of exactly this name and exactly this message. */
export function namedError(name: NamedErrorName, message: string): Error {
  return expect.objectContaining({ name, message });
}
