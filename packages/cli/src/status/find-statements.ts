import { inParallel } from '@log-archiver/aws-clients/in-parallel';
import { NO_ARCHIVER, STATEMENTS_PREFIX } from '@log-archiver/core';
import type { ArchiveBucket } from '@log-archiver/verify-archive/archive-bucket';
import { type ArchiverPeriod, parseStatementKey } from '@log-archiver/verify-archive/keys';
import { PARALLEL_CALLS } from '../archive/find-archives';

/** Finds the periods of archivers for which a verifier has written statements. Lists no statement of another archive. */
export async function findStatements(bucket: ArchiveBucket, keyPrefixes: readonly string[]): Promise<ArchiverPeriod[]> {
  const found = await inParallel(keyPrefixes, PARALLEL_CALLS, async (keyPrefix) => {
    const statements: ArchiverPeriod[] = [];
    for await (const { key } of bucket.listObjects(STATEMENTS_PREFIX + (keyPrefix === '' ? '' : `${keyPrefix}/`))) {
      const statement = parseStatementKey(key);
      if (statement?.keyPrefix === keyPrefix && statement.archiver !== NO_ARCHIVER) {
        statements.push(statement);
      }
    }
    return statements;
  });
  return found.flat();
}
