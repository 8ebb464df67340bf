export interface TagFilter {
  key: string;
  /** Any of these; without values, any value. */
  values?: string[];
}

/** Whether all filters are met. `*` at an end stands for anything, and `!` in front for not. */
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
  // Unlike exact matches, these do not look at case.
  const text = value.toLowerCase();
  const part = wanted.toLowerCase().replace(/^\*|\*$/g, '');
  if (!wanted.startsWith('*')) {
    return text.startsWith(part);
  }
  return wanted.endsWith('*') ? text.includes(part) : text.endsWith(part);
}
