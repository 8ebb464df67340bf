import type { NamedErrorName } from '../src';

/** Returns a matcher for `toThrow`: an error of exactly this name and this message. */
export function namedError(name: NamedErrorName, message: string): Error {
  return expect.objectContaining({ name, message });
}
