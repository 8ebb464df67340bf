import type { LogGroupSelector } from '@log-archiver/core';
import { Stack, Token } from 'aws-cdk-lib';
import { CfnBucket, type IBucket } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { covers, formatFilter } from './filter-coverage';

/** Log groups that an archiver archives, and their destination. */
export interface ArchivedLogGroups {
  readonly archiver: Construct;
  readonly bucket: IBucket;
  readonly keyPrefix: string;
  /** Selections, and one for each log group that was added by name. */
  readonly selectors: LogGroupSelector[];
}

/**
 * Returns an error message if another archiver is known to archive one of the log groups to the same keys.
 *
 * Both would export the log group, in turns, and a reader of the folder would find events twice.
 */
export function findOverlap(own: ArchivedLogGroups, others: ArchivedLogGroups[]): string[] {
  return others
    .filter((other) => hasSameKeys(own, other))
    .flatMap((other) =>
      own.selectors.flatMap((selector) => {
        const found = other.selectors.map((each) => findShared(selector, each)).find((shared) => shared !== undefined);
        return found === undefined
          ? []
          : [
              `${found} has already been added to ${other.archiver.node.path}, which archives to the same bucket and ` +
                'keyPrefix; use one archiver, or another keyPrefix',
            ];
      }),
    )
    .slice(0, 1);
}

function hasSameKeys(one: ArchivedLogGroups, other: ArchivedLogGroups): boolean {
  const [{ account, region }, stack] = [Stack.of(one.archiver), Stack.of(other.archiver)];
  return (
    account === stack.account &&
    region === stack.region &&
    one.keyPrefix === other.keyPrefix &&
    isSameBucket(one.bucket, other.bucket)
  );
}

/** Whether two buckets are known to be the same one, which can be imported twice. */
export function isSameBucket(one: IBucket, other: IBucket): boolean {
  return one === other || resolveBucketName(one) === resolveBucketName(other);
}

/** Returns the name as far as it is known: a bucket of the app has a token even if its name was given. */
function resolveBucketName({ bucketName, node }: IBucket): string {
  const given = node.defaultChild instanceof CfnBucket ? node.defaultChild.bucketName : undefined;
  return given === undefined || Token.isUnresolved(given) ? bucketName : given;
}

/** Returns what both selectors select, if one is known to select all that the other one selects. */
function findShared(one: LogGroupSelector, other: LogGroupSelector): string | undefined {
  const [part] = [
    [one, other],
    [other, one],
  ].filter(([whole, each]) => covers(whole.of, each.of) && ![whole, each].some(mayExclude(each)));
  if (part === undefined) {
    return undefined;
  }
  const { of } = part[1];
  return of.by === 'NAME' ? `log group ${of.logGroupNames.join(', ')}` : `selection ${formatFilter(of)}`;
}

/** Whether the exclusions of a selector may leave out all that `part` selects. Tags are not known at synthesis. */
function mayExclude(part: LogGroupSelector) {
  return ({ excluding }: LogGroupSelector): boolean =>
    excluding.some((filter) => covers(filter, part.of) || (filter.by === 'TAG' && part.of.by !== 'TAG'));
}
