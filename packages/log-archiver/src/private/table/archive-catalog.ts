import { Names, Stack } from 'aws-cdk-lib';
import { CfnDatabase, CfnTable } from 'aws-cdk-lib/aws-glue';
import { Construct } from 'constructs';
import type { ArchiveLayout, Partitions } from './archive-layout';
import { type ArchiveView, createViews, LINES_TABLE, RECEIPTS_TABLE } from './archive-views';

/** Types of Glue for the types of Athena. */
const GLUE_TYPES = { varchar: 'string', bigint: 'bigint', timestamp: 'timestamp' };

const TASK_TYPE = 'struct<taskid:string,from:string,to:string,objects:bigint,bytes:bigint>';
/** Columns of the receipts that the views read. Names are lower-case in Glue, and Ion compares them without case. */
const RECEIPT_COLUMNS = {
  format: 'int',
  receipt_account: 'string',
  region: 'string',
  loggroupname: 'string',
  timezone: 'string',
  period: 'string',
  s3bucketname: 'string',
  destinationprefix: 'string',
  finishedat: 'string',
  tasks: `array<${TASK_TYPE}>`,
};

/** Glue database of an archive: two tables over its objects and receipts, and the views over them. */
export class ArchiveCatalog extends Construct {
  public readonly databaseName: string;
  private readonly database: CfnDatabase;

  constructor(scope: Construct, id: string, layout: ArchiveLayout) {
    super(scope, id);
    // The name must be known at synthesis: the views contain it in base64.
    this.databaseName = Names.uniqueResourceName(scope, { separator: '_', maxLength: 128 }).toLowerCase();
    this.database = new CfnDatabase(this, 'Database', {
      catalogId: Stack.of(this).account,
      databaseInput: { name: this.databaseName, description: 'LogArchiver: archived events of CloudWatch log groups' },
    });
    const { location } = layout;
    this.addTable('Lines', LINES_TABLE, layout.objects, {
      columns: toColumns({ line: 'string' }),
      location,
      inputFormat: 'org.apache.hadoop.mapred.TextInputFormat',
      outputFormat: 'org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat',
      // The whole line: the views parse it, so that tests run the same expression.
      serdeInfo: {
        serializationLibrary: 'org.apache.hadoop.hive.serde2.RegexSerDe',
        parameters: { 'input.regex': '(.*)' },
      },
    });
    this.addTable('Receipts', RECEIPTS_TABLE, layout.receipts, {
      columns: toColumns(RECEIPT_COLUMNS),
      location,
      // A receipt has many lines, which only the Ion SerDe accepts: Ion is a superset of JSON.
      // https://docs.aws.amazon.com/athena/latest/ug/json-serde.html
      inputFormat: 'com.amazon.ionhiveserde.formats.IonInputFormat',
      outputFormat: 'com.amazon.ionhiveserde.formats.IonOutputFormat',
      serdeInfo: {
        serializationLibrary: 'com.amazon.ionhiveserde.IonHiveSerDe',
        // An object that is not a receipt is skipped instead of failing the query. The planner does not trust it either.
        parameters: { 'ion.receipt_account.path_extractor': '(account)', 'ion.ignore_malformed': 'true' },
      },
    });
    for (const view of createViews(layout.sharedColumns)) {
      this.addView(view);
    }
  }

  private addTable(
    id: string,
    name: string,
    { columns, parameters }: Partitions,
    storageDescriptor: CfnTable.StorageDescriptorProperty,
  ) {
    this.add(id, {
      name,
      tableType: 'EXTERNAL_TABLE',
      partitionKeys: toColumns(Object.fromEntries(columns.map((column) => [column, 'string']))),
      parameters: {
        EXTERNAL: 'TRUE',
        ...parameters,
        // https://docs.aws.amazon.com/athena/latest/ug/querying-glacier.html
        read_restored_glacier_objects: 'true',
      },
      storageDescriptor,
    });
  }

  /** Adds a view in the form in which Athena stores one, so that a deployment runs no query. */
  private addView({ name, description, columns, sql }: ArchiveView) {
    const view = {
      originalSql: sql,
      catalog: 'awsdatacatalog',
      schema: this.databaseName,
      columns: Object.entries(columns).map(([column, type]) => ({ name: column, type })),
    };
    const types = Object.entries(columns).map(([column, type]) => [column, GLUE_TYPES[type]]);
    this.add(`View-${name}`, {
      name,
      description,
      tableType: 'VIRTUAL_VIEW',
      parameters: { presto_view: 'true', comment: 'Presto View' },
      partitionKeys: [],
      storageDescriptor: { columns: toColumns(Object.fromEntries(types)), location: '', serdeInfo: {} },
      viewOriginalText: `/* Presto View: ${Buffer.from(JSON.stringify(view)).toString('base64')} */`,
      viewExpandedText: '/* Presto View */',
    });
  }

  private add(id: string, tableInput: CfnTable.TableInputProperty) {
    new CfnTable(this, id, { catalogId: Stack.of(this).account, databaseName: this.database.ref, tableInput });
  }
}

function toColumns(types: Record<string, string>): CfnTable.ColumnProperty[] {
  return Object.entries(types).map(([name, type]) => ({ name, type }));
}
