import type { LogGroupFilter } from '@log-archiver/core';

/** Whether every log group that `part` can match is known to match `filter`. */
export function covers(filter: LogGroupFilter, part: LogGroupFilter): boolean {
  switch (filter.by) {
    case 'ALL':
      return true;
    case 'NAME':
      return part.by === 'NAME' && part.logGroupNames.every((name) => filter.logGroupNames.includes(name));
    case 'PREFIX':
      return part.by === 'NAME'
        ? part.logGroupNames.every((name) => name.startsWith(filter.prefix))
        : part.by === 'PREFIX' && part.prefix.startsWith(filter.prefix);
    case 'PATTERN':
      return listTexts(part).length > 0 && listTexts(part).every((text) => text.includes(filter.pattern));
    case 'TAG':
      return part.by === 'TAG' && part.key === filter.key && coversValues(filter.values, part.values);
  }
}

/** Formats a filter like the call that creates it. */
export function formatFilter(filter: LogGroupFilter): string {
  const format = (method: string, ...args: string[]) =>
    `${method}(${args.map((arg) => JSON.stringify(arg)).join(', ')})`;
  switch (filter.by) {
    case 'ALL':
      return format('all');
    case 'NAME':
      return format('fromLogGroups', ...filter.logGroupNames);
    case 'PREFIX':
      return format('byPrefix', filter.prefix);
    case 'PATTERN':
      return format('byPattern', filter.pattern);
    case 'TAG':
      return format('byTag', filter.key, ...filter.values);
  }
}

/** Returns texts that every name which the filter matches contains, one for each name or for all. */
function listTexts(filter: LogGroupFilter): string[] {
  switch (filter.by) {
    case 'NAME':
      return filter.logGroupNames;
    case 'PREFIX':
      return [filter.prefix];
    case 'PATTERN':
      return [filter.pattern];
    default:
      return [];
  }
}

/** No values stand for any value. */
function coversValues(values: string[], part: string[]): boolean {
  return values.length === 0 || (part.length > 0 && part.every((value) => values.includes(value)));
}
