import { Token } from 'aws-cdk-lib';
import { METADATA_PREFIX } from '../core';
import type { BucketLifecycleRule, BucketTransition } from './rendered-bucket';

/** Storage classes whose objects must be restored before they can be read. */
const CLASSES_TO_RESTORE = ['GLACIER', 'DEEP_ARCHIVE'];

/**
 * Returns an error message for each lifecycle rule that would damage the archive below a key prefix.
 *
 * A rule that applies to the metadata would delete the receipts, or move them to where no run can read them. A rule by
 * size can apply: receipts are small, and reports can be large. A rule by tag cannot, because archivers set no tags.
 */
export function findLifecycleErrors(rules: BucketLifecycleRule[], keyPrefix: string): string[] {
  const start = keyPrefix === '' ? '' : `${keyPrefix}/`;
  const [metadata, years] = [`${start}${METADATA_PREFIX}/`, `${start}20`];
  return rules.flatMap((rule, index) => {
    if (!isActive(rule)) {
      return [];
    }
    const [verb] = listChanges(rule);
    const early = listTransitions(rule).find(isTooEarly);
    const name = `lifecycle rule ${rule.Id === undefined ? `${index + 1} (without an id)` : JSON.stringify(rule.Id)}`;
    return [
      ...(verb !== undefined && overlaps(rule, metadata)
        ? [`${name} must not ${verb} objects under ${metadata}; limit it to the prefix ${years}`]
        : []),
      ...(early !== undefined && overlaps(rule, years)
        ? [
            `${name} must not move archived objects to ${early.StorageClass} before day 1, got ` +
              `${early.TransitionDate ?? `day ${early.TransitionInDays ?? 0}`}`,
          ]
        : []),
    ];
  });
}

function isActive({ Status, TagFilters = [] }: BucketLifecycleRule): boolean {
  return Status !== 'Disabled' && TagFilters.length === 0;
}

function listChanges(rule: BucketLifecycleRule): string[] {
  const { ExpirationInDays, ExpirationDate } = rule;
  return [
    ...(ExpirationInDays !== undefined || ExpirationDate !== undefined ? ['expire'] : []),
    ...listTransitions(rule).map(() => 'transition'),
  ];
}

function listTransitions({ Transition, Transitions = [] }: BucketLifecycleRule): BucketTransition[] {
  return Transition === undefined ? Transitions : [Transition, ...Transitions];
}

/** A date also applies to objects that are created after it. */
function isTooEarly({ StorageClass, TransitionInDays = 0 }: BucketTransition): boolean {
  return CLASSES_TO_RESTORE.includes(StorageClass) && TransitionInDays === 0;
}

/** Whether a key that starts with `keys` can also start with the rule's prefix. A prefix that is a token is accepted. */
function overlaps({ Prefix = '' }: BucketLifecycleRule, keys: string): boolean {
  return (
    typeof Prefix === 'string' && !Token.isUnresolved(keys) && (keys.startsWith(Prefix) || Prefix.startsWith(keys))
  );
}
