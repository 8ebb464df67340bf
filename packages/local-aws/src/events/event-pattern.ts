/** Pattern of events: fields with lists of the values that they may have. */
export interface EventPattern {
  readonly [field: string]: EventPattern | readonly unknown[];
}

/**
 * Whether an event matches a pattern. A list in the event matches if one of its elements does.
 *
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-patterns.html
 */
export function matchesPattern(pattern: EventPattern, event: unknown): boolean {
  return Object.entries(pattern).every(([field, wanted]) => {
    const value = (event as Record<string, unknown> | null | undefined)?.[field];
    return isList(wanted) ? [value].flat().some((each) => wanted.includes(each)) : matchesPattern(wanted, value);
  });
}

/** Throws if a pattern has filters, such as `prefix`, which are not supported. */
export function validatePattern(pattern: EventPattern, of: string) {
  for (const wanted of Object.values(pattern)) {
    if (!isList(wanted)) {
      validatePattern(wanted, of);
    } else if (wanted.some((value) => typeof value === 'object' && value !== null)) {
      throw new Error(`EventPattern of ${of} must only contain values, not filters, got ${JSON.stringify(wanted)}`);
    }
  }
}

function isList(value: EventPattern | readonly unknown[]): value is readonly unknown[] {
  return Array.isArray(value);
}
