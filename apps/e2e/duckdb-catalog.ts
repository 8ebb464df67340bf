import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import type { Buckets } from '@log-archiver/local-aws';

/** A table of Glue, with the values that CloudFormation would give its properties. */
export interface GlueTable {
  readonly Name: string;
  readonly PartitionKeys: { readonly Name: string; readonly Type: string }[];
  readonly Parameters: Record<string, string>;
  readonly StorageDescriptor: {
    readonly Columns: { readonly Name: string; readonly Type: string }[];
    readonly SerdeInfo: { readonly SerializationLibrary?: string; readonly Parameters?: Record<string, string> };
  };
  readonly ViewOriginalText?: string;
}

/** Values of partition columns, as conditions of a query limit them. */
export type Conditions = Record<string, string[]>;

/**
 * Functions of Athena that DuckDB does not have. The views run unchanged, except that `transform` is `list_transform`: a
 * macro cannot have a lambda expression.
 *
 * `regexp_extract` returns an empty string without a match, and `NULL` in Athena: the views accept both.
 */
const ATHENA_FUNCTIONS = [
  'sequence(first, last) AS generate_series(first, last)',
  'cardinality(list) AS len(list)',
  'array_join(list, separator) AS array_to_string(list, separator)',
  'from_iso8601_timestamp(text) AS CAST(text AS TIMESTAMP)',
  "to_iso8601(instant) AS strftime(instant, '%Y-%m-%dT%H:%M:%S.%gZ')",
];
const TYPES: Record<string, string> = { string: 'VARCHAR', int: 'INTEGER', bigint: 'BIGINT' };

/** Tables and views of an `ArchiveTable` in DuckDB, over the objects of a bucket. */
export class DuckDbCatalog {
  /** Opens the catalog. A query sees the partitions of the conditions only. */
  public static async open(tables: GlueTable[], buckets: Buckets, conditions: Conditions): Promise<DuckDbCatalog> {
    const instance = await DuckDBInstance.create(':memory:', { threads: '1' });
    const catalog = new DuckDbCatalog(await instance.connect(), buckets);
    try {
      await catalog.create(tables, conditions);
    } catch (error) {
      catalog.close();
      throw error;
    }
    return catalog;
  }

  private readonly folder = mkdtempSync(join(tmpdir(), 'log-archiver-duckdb-'));

  private constructor(
    private readonly connection: DuckDBConnection,
    private readonly buckets: Buckets,
  ) {}

  public async query<Row = Record<string, unknown>>(sql: string): Promise<Row[]> {
    const reader = await this.connection.runAndReadAll(sql);
    return reader.getRowObjectsJson() as Row[];
  }

  public close() {
    this.connection.closeSync();
    rmSync(this.folder, { recursive: true, force: true });
  }

  private async create(tables: GlueTable[], conditions: Conditions) {
    await this.connection.run("SET lambda_syntax = 'ENABLE_SINGLE_ARROW'");
    for (const each of ATHENA_FUNCTIONS) {
      await this.connection.run(`CREATE MACRO ${each}`);
    }
    for (const table of tables) {
      await (table.ViewOriginalText === undefined
        ? this.createTable(table, expandPartitions(table, conditions))
        : this.createView(table, table.ViewOriginalText));
    }
  }

  private async createTable(table: GlueTable, partitions: Partition[]) {
    const { Columns, SerdeInfo } = table.StorageDescriptor;
    const columns = [...table.PartitionKeys, ...Columns].map(({ Name, Type }) => `${Name} ${toDuckDbType(Type)}`);
    await this.connection.run(`CREATE TABLE ${table.Name} (${columns.join(', ')}, "$path" VARCHAR)`);
    const readObject = SerdeInfo.SerializationLibrary?.includes('Ion') ? this.readIon : this.readLines;
    for (const { values, location } of partitions) {
      for (const path of this.listVisible(location)) {
        const constants = [...values.map((value) => quote(value)), ''].join(', ');
        await this.connection.run(`INSERT INTO ${table.Name} SELECT ${constants}${readObject.call(this, table, path)}`);
      }
    }
  }

  /** Creates a view, and checks that Glue has the right columns. */
  private async createView({ Name, StorageDescriptor }: GlueTable, viewOriginalText: string) {
    const [, base64 = ''] = /^\/\* Presto View: (\S+) \*\/$/.exec(viewOriginalText) ?? [];
    const { originalSql, columns } = JSON.parse(Buffer.from(base64, 'base64').toString());
    await this.connection.run(`CREATE VIEW ${Name} AS ${originalSql.replaceAll('transform(', 'list_transform(')}`);
    const described = await this.query<{ column_name: string; column_type: string }>(`DESCRIBE ${Name}`);
    const types = described.map(({ column_name, column_type }) => [column_name, column_type.toLowerCase()]);
    expect(types).toEqual(columns.map(({ name, type }: { name: string; type: string }) => [name, type]));
    expect(StorageDescriptor.Columns.map((column) => column.Name)).toEqual(types.map(([name]) => name));
  }

  /** Lists objects as Athena does: a name below the location that starts with `_` or `.` hides everything in it. */
  private listVisible(location: string): string[] {
    const [, bucketName = '', prefix = ''] = /^s3:\/\/([^/]+)\/(.*)$/.exec(location) ?? [];
    return this.buckets
      .listObjects(bucketName, prefix)
      .filter((key) => !/(^|\/)[_.]/.test(key.slice(prefix.length)))
      .map((key) => `s3://${bucketName}/${key}`);
  }

  /** Reads lines as the RegexSerDe with `(.*)` does. A carriage return also ends a line, unlike in DuckDB. */
  private readLines({ StorageDescriptor }: GlueTable, path: string): string {
    expect(StorageDescriptor.SerdeInfo.Parameters).toEqual({ 'input.regex': '(.*)' });
    const body = this.getObject(path);
    const text = (path.endsWith('.gz') ? gunzipSync(body) : body).toString();
    const file = this.write(text.replaceAll(/\r\n?/g, '\n'));
    const options = [
      "columns = {'line': 'VARCHAR'}, auto_detect = false, header = false, strict_mode = false",
      "delim = '\\0', quote = '', escape = '', new_line = '\\n'",
    ];
    // DuckDB reads an empty line as NULL.
    return `coalesce(line, ''), ${quote(path)} FROM read_csv(${quote(file)}, ${options.join(', ')})`;
  }

  /** Reads an object as the Ion SerDe does: names without case, and no row if it is malformed. */
  private readIon({ StorageDescriptor }: GlueTable, path: string): string {
    const { Columns, SerdeInfo } = StorageDescriptor;
    const columns = Columns.map(({ Name, Type }) => `${quote(Name)}: ${quote(toDuckDbType(Type))}`);
    const names = Columns.map(({ Name }) => Name);
    const fields = parseJson(this.getObject(path).toString());
    const rows = (fields === undefined ? [] : [lowerNames(fields) as Record<string, unknown>]).map((row) =>
      Object.fromEntries(
        names.map((name) => {
          const extractor = SerdeInfo.Parameters?.[`ion.${name}.path_extractor`] ?? `(${name})`;
          return [name, row[extractor.slice(1, -1)]];
        }),
      ),
    );
    const file = this.write(rows.map((row) => JSON.stringify(row)).join('\n'));
    return `${names.join(', ')}, ${quote(path)} FROM read_json(${quote(file)}, columns = {${columns.join(', ')}})`;
  }

  /** Writes a file with a plain name: DuckDB takes some characters of keys for patterns. */
  private write(text: string): string {
    const file = join(this.folder, 'object');
    writeFileSync(file, text);
    return file;
  }

  private getObject(path: string): Buffer {
    const [bucketName = '', ...key] = path.slice('s3://'.length).split('/');
    return this.buckets.getObject(bucketName, key.join('/'));
  }
}

/** A partition that Athena calculates: the values of its columns, and its location. */
interface Partition {
  readonly values: string[];
  readonly location: string;
}

/** Returns the partitions that a table has for the conditions. */
export function expandPartitions({ PartitionKeys, Parameters }: GlueTable, conditions: Conditions): Partition[] {
  const template = String(Parameters['storage.location.template']);
  const partitions = PartitionKeys.reduce<Record<string, string>[]>(
    (all, { Name }) =>
      all.flatMap((values) =>
        project(Name, Parameters, conditions[Name]).map((value) => ({ ...values, [Name]: value })),
      ),
    [{}],
  );
  return partitions.map((values) => ({
    values: Object.values(values),
    location: template.replaceAll(/\$\{(\w+)\}/g, (_, name) => String(values[name])),
  }));
}

/** Returns the projected values of a column to which the condition applies. */
function project(column: string, parameters: Record<string, string>, condition: string[] | undefined): string[] {
  const get = (name: string) => parameters[`projection.${column}.${name}`];
  switch (get('type')) {
    case 'injected':
      if (condition === undefined) {
        throw new Error(`a condition on ${column} is required: Athena rejects the query`);
      }
      return condition;
    case 'enum':
      return String(get('values'))
        .split(',')
        .filter((value) => condition?.includes(value) ?? true);
    default: {
      const [first = 0, last = 0] = String(get('range')).split(',').map(Number);
      const values = Array.from({ length: last - first + 1 }, (_, index) => String(first + index));
      return values
        .map((value) => value.padStart(Number(get('digits') ?? 1), '0'))
        .filter((value) => condition?.includes(value) ?? true);
    }
  }
}

/** Converts a type of Hive, such as `array<struct<from:string>>`. */
function toDuckDbType(type: string): string {
  const [, element] = /^array<(.*)>$/.exec(type) ?? [];
  const [, fields] = /^struct<(.*)>$/.exec(type) ?? [];
  if (element !== undefined) {
    return `${toDuckDbType(element)}[]`;
  }
  return fields === undefined
    ? String(TYPES[type])
    : `STRUCT(${fields
        .split(',')
        .map((field) => field.replace(/^(\w+):(\w+)$/, (_, name, of) => `"${name}" ${TYPES[of]}`))
        .join(', ')})`;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function lowerNames(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(lowerNames);
  }
  return typeof value === 'object' && value !== null
    ? Object.fromEntries(Object.entries(value).map(([name, each]) => [name.toLowerCase(), lowerNames(each)]))
    : value;
}

function quote(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
