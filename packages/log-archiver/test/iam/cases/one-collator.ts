const collators = new Map<string, Intl.Collator>();

/**
 * Reuses one collator per set of options in `localeCompare`.
 *
 * The policy evaluator compares strings with options, for which Node creates a new collator on each call: a third of
 * the evaluator's time.
 */
String.prototype.localeCompare = function (
  this: string,
  other: string,
  locales?: Intl.LocalesArgument,
  options?: Intl.CollatorOptions,
): number {
  const key = JSON.stringify([locales, options]);
  const collator = collators.get(key) ?? new Intl.Collator(locales as string | string[], options);
  collators.set(key, collator);
  return collator.compare(this, other);
};
