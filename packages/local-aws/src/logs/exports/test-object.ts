/**
 * Returns the key of the object with which CloudWatch Logs tests its access.
 *
 * Recorded on AWS: without a prefix, it is at the root of the bucket, and not under the default prefix `exportedlogs`.
 */
export function formatTestObjectKey(destinationPrefix: string | undefined): string {
  return destinationPrefix === undefined ? 'aws-logs-write-test' : `${destinationPrefix}/aws-logs-write-test`;
}
