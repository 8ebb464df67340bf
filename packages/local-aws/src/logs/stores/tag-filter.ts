export interface TagFilter {
  key: string;
  /** Accepted values. @default - any value */
  values?: string[];
}

/** Whether the tags match all filters. A value may have `*` at either end as a wildcard, and `!` in front to negate. */
export function hasTags(tags: Map<string, string>, filters: TagFilter[]): boolean {
  return filters.every(({ key, values = [] }) => {
    const value = tags.get(key);
    return value !== undefined && (values.length === 0 || values.some((wanted) => matches(value, wanted)));
  });
}

function matches(value: string, wanted: string): boolean {
  if (wanted.startsWith('!')) {
    return !matches(value, wanted.slice(1));
  }
  if (!wanted.startsWith('*') && !wanted.endsWith('*')) {
    return value === wanted;
  }
  // Unlike exact matches, wildcard matches ignore case.
  const text = value.toLowerCase();
  const part = wanted.toLowerCase().replace(/^\*|\*$/g, '');
  if (!wanted.startsWith('*')) {
    return text.startsWith(part);
  }
  return wanted.endsWith('*') ? text.includes(part) : text.endsWith(part);
}
