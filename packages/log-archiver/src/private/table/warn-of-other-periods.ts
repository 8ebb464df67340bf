import { Annotations } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { LogGroupList } from '../log-group-list';
import { isSameBucket } from '../validate-overlap';
import type { TableSettings } from './table-settings';

/**
 * Warns if the app's archivers of the bucket have another granularity or time zone than the table, which then finds
 * nothing.
 *
 * Not an error: a table can be for an archive from before its archiver's time zone was changed.
 */
export function warnOfOtherPeriods(table: Construct, { bucket, keyPrefix, granularity, timeZone }: TableSettings) {
  const archivers = table.node.root.node
    .findAll()
    .filter((each) => each instanceof LogGroupList)
    .filter(({ props }) => isSameBucket(props.bucket, bucket))
    .filter(({ props }) => keyPrefix === null || keyPrefix === props.keyPrefix);
  const format = (props: Pick<TableSettings, 'granularity' | 'timeZone'>) =>
    `${props.granularity} and ${props.timeZone.timezoneName}`;
  const expected = new Set(archivers.map(({ props }) => format(props)));
  const got = format({ granularity, timeZone });
  if (expected.size > 0 && !expected.has(got)) {
    Annotations.of(table).addWarningV2(
      'cdk-log-archiver:tablePeriods',
      `granularity and timeZone should be those of an archiver of the bucket, ${[...expected].join(' or ')}, got ` +
        `${got}: the table does not find what these archivers archive`,
    );
  }
}
