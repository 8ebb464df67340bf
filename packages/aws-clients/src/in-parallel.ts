/** Calls a function for each value, for at most `limit` values at the same time. Returns the results in order. */
export async function inParallel<T, Result>(
  values: readonly T[],
  limit: number,
  call: (value: T) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = new Array(values.length);
  const remaining = values.entries();
  const work = async () => {
    for (const [index, value] of remaining) {
      results[index] = await call(value);
    }
  };
  await Promise.all(Array.from({ length: Math.min(limit, values.length) }, work));
  return results;
}
