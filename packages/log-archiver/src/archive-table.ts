import { Stack } from 'aws-cdk-lib';
import type { CfnWorkGroup } from 'aws-cdk-lib/aws-athena';
import type { Grant, IGrantable } from 'aws-cdk-lib/aws-iam';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import type { ArchiveTableProps } from './archive-table-props';
import { acknowledgeFindings } from './private/nag/acknowledge-findings';
import { TABLE_FINDINGS } from './private/nag/findings';
import { ArchiveCatalog } from './private/table/archive-catalog';
import { createLayout } from './private/table/archive-layout';
import { grantQuery } from './private/table/grant-query';
import { QueryWorkGroup } from './private/table/query-work-group';
import { resolveTableSettings, type TableSettings } from './private/table/table-settings';
import { warnOfOtherPeriods } from './private/table/warn-of-other-periods';

/**
 * Makes the archive in a bucket readable with SQL in Amazon Athena.
 *
 * Creates a Glue database with the view `events`, in which each archived event is one row. Receipts decide what belongs
 * to the archive, so orphaned exports, earlier exports of a period that was archived again, and AWS's write tests do not
 * appear. A workgroup limits what a query scans. See `docs/athena.md` for the other views and for queries.
 *
 * Deploy it into the account and Region of the bucket.
 *
 * @exampleMetadata fixture=construct
 * @example
 * declare const archive: ArchiveBucket;
 * declare const developers: iam.Role;
 *
 * const table = new ArchiveTable(this, 'Table', { bucket: archive.bucket, timeZone: TimeZone.ASIA_TOKYO });
 * table.grantQuery(developers);
 */
export class ArchiveTable extends Construct {
  /** Name of the Glue database, derived from the path of the construct. */
  public readonly databaseName: string;

  /** Workgroup for queries. Its settings override those of a query. */
  public readonly workGroup: CfnWorkGroup;

  /**
   * Bucket for the results of queries, which expire after 30 days. It is private, requires TLS 1.2, and is retained when
   * it is removed from its stack.
   */
  public readonly resultsBucket: Bucket;

  private readonly settings: TableSettings;

  /**
   * @param scope parent of the construct
   * @param id ID of the construct, unique in its scope
   * @param props properties of the construct
   */
  constructor(scope: Construct, id: string, props: ArchiveTableProps) {
    super(scope, id);
    this.settings = resolveTableSettings(this, props);
    const { databaseName } = new ArchiveCatalog(this, 'Catalog', createLayout(this.settings));
    const queries = new QueryWorkGroup(this, 'Queries', this.settings);
    this.databaseName = databaseName;
    this.workGroup = queries.workGroup;
    this.resultsBucket = queries.resultsBucket;
    // Later, because archivers can be created after the table.
    this.node.addValidation({
      validate: () => {
        warnOfOtherPeriods(this, this.settings);
        return [];
      },
    });
  }

  /**
   * Grants a principal everything that queries need: the workgroup, the database, the archive and its receipts, and the
   * results.
   *
   * Queries run with the permissions of their caller. In an account where Lake Formation manages the database, also grant
   * `SELECT` there.
   *
   * @param grantee principal in the account of the bucket
   */
  public grantQuery(grantee: IGrantable): Grant {
    const { databaseName, workGroup, resultsBucket, settings } = this;
    return grantQuery(grantee, { ...settings, stack: Stack.of(this), databaseName, workGroup, resultsBucket });
  }

  /**
   * Acknowledges the finding of cdk-nag 3 that no property of the table removes: the bucket of query results has no
   * server access logs.
   *
   * Throws if aws-cdk-lib is older than 2.269.0, because earlier versions reject the IDs of some findings.
   */
  public acknowledgeNagFindings(): void {
    acknowledgeFindings(this, TABLE_FINDINGS);
  }
}
