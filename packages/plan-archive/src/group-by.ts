/** Groups values by a key, in the order of their first values. Node.js 20 has no `Map.groupBy`. */
export function groupBy<Key, T>(values: Iterable<T>, getKey: (value: T) => Key): Map<Key, T[]> {
  const groups = new Map<Key, T[]>();
  for (const value of values) {
    const key = getKey(value);
    const group = groups.get(key);
    if (group) {
      group.push(value);
    } else {
      groups.set(key, [value]);
    }
  }
  return groups;
}
