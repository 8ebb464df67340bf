import { join, sep } from 'node:path';

const SOURCES = join(__dirname, '..', 'src') + sep;

/** Loads a second copy of a source of this package, as an app with two versions of the package does. */
export function loadAnotherCopy<T>(path: string): T {
  const loaded = Object.entries(require.cache).filter(([file]) => file.startsWith(SOURCES));
  for (const [file] of loaded) {
    delete require.cache[file];
  }
  try {
    return require(join(SOURCES, path));
  } finally {
    Object.assign(require.cache, Object.fromEntries(loaded));
  }
}
