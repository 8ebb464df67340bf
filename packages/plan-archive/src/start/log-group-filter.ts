import type { LogGroupDetails, LogGroupDirectory } from '@log-archiver/aws-clients/log-groups';
import type { LogGroupFilter, LogGroupSelector } from '@log-archiver/core';

type Matcher = (logGroupName: string) => boolean;

/** What a selector finds, by name; a log group that it names and that does not exist is `null`. */
export async function select(
  { of, excluding }: LogGroupSelector,
  directory: LogGroupDirectory,
): Promise<Map<string, LogGroupDetails | null>> {
  const found = await candidates(of, directory);
  const matches = await matcherOf(of, directory);
  const excluded = await Promise.all(excluding.map((filter) => matcherOf(filter, directory)));
  return new Map([...found].filter(([name]) => matches(name) && !excluded.some((isExcluded) => isExcluded(name))));
}

async function candidates(
  filter: LogGroupFilter,
  directory: LogGroupDirectory,
): Promise<Map<string, LogGroupDetails | null>> {
  if (filter.by !== 'NAME') {
    return directory.startingWith(filter.by === 'PREFIX' ? filter.prefix : '');
  }
  const found = new Map<string, LogGroupDetails | null>();
  for (const name of filter.logGroupNames) {
    found.set(name, await directory.find(name));
  }
  return found;
}

async function matcherOf(filter: LogGroupFilter, directory: LogGroupDirectory): Promise<Matcher> {
  switch (filter.by) {
    case 'NAME':
      return (name) => filter.logGroupNames.includes(name);
    case 'PREFIX':
      return (name) => name.startsWith(filter.prefix);
    case 'PATTERN':
      return (name) => name.includes(filter.pattern);
    case 'TAG': {
      const tagged = await directory.tagged(filter.key, filter.values);
      return (name) => tagged.has(name);
    }
    case 'ALL':
      return () => true;
  }
}
