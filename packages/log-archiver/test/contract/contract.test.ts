import { dirname, join, relative } from 'node:path';
import ts from 'typescript';

const PACKAGE = join(__dirname, '..', '..');
const CORE = dirname(require.resolve('@log-archiver/core'));

const CONSTRUCT = 'log-archiver.ts';
const SELECTION = 'log-group-selection.ts';
const ITEM = 'private/archive-one-item.ts';
const SCHEDULE = 'private/archive-schedule.ts';
const WORKFLOW = 'private/archive-workflow.ts';
const CONFIGURE = 'private/configure-run.ts';
const LIST = 'private/log-group-list.ts';
const PERMISSIONS = 'private/log-group-permissions.ts';
const REPORT = 'private/report-run.ts';
const TELL = 'private/tell-operator.ts';

const { config } = ts.readConfigFile(join(PACKAGE, 'tsconfig.json'), ts.sys.readFile);
const { options, fileNames } = ts.parseJsonConfigFileContent(config, ts.sys, PACKAGE);
const host = ts.createCompilerHost(options);
const parsed = new Map<string, ts.SourceFile | undefined>();
let lastProgram: ts.Program | undefined;

/** A field, or a literal in quotes, of one of core's types. */
interface Rename {
  readonly file: 'contract' | 'errors';
  readonly type: string;
  readonly from: string;
  readonly to: string;
}

/** The sources of this package that do not compile against core's declarations, of which one was renamed. */
function brokenSources(rename?: Rename): string[] {
  const file = rename && join(CORE, `${rename.file}.d.ts`);
  const getSourceFile: ts.CompilerHost['getSourceFile'] = (name, version) => {
    if (rename && name === file) {
      return ts.createSourceFile(name, renamed(ts.sys.readFile(name) ?? '', rename), version, true);
    }
    if (!parsed.has(name)) {
      parsed.set(name, host.getSourceFile(name, version));
    }
    return parsed.get(name);
  };
  const program = ts.createProgram(fileNames, { ...options, noEmit: true }, { ...host, getSourceFile }, lastProgram);
  lastProgram = program;
  return fileNames
    .filter((name) => program.getSemanticDiagnostics(program.getSourceFile(name)).length > 0)
    .map((name) => relative(join(PACKAGE, 'src'), name))
    .sort();
}

function renamed(declarations: string, { type, from, to }: Rename): string {
  const start = declarations.search(new RegExp(`^export (declare )?(interface|type|class) ${type}\\b`, 'm'));
  const end = declarations.indexOf('\nexport ', start + 1);
  const declaration = declarations.slice(start, end === -1 ? undefined : end);
  const name = from.startsWith("'") ? `['"]${from.slice(1, -1)}['"]` : `(?<=^ {4})${from}(?=\\??:)`;
  const changed = declaration.replace(new RegExp(name, 'm'), to);
  if (start === -1 || changed === declaration) {
    throw new Error(`expected ${type} to have ${from}`);
  }
  return declarations.replace(declaration, () => changed);
}

describe('the compiler', () => {
  it('has nothing to say of the contract as it is', () => {
    expect(fileNames.length).toBeGreaterThan(10);
    expect(brokenSources()).toEqual([]);
  });

  it.each([
    ['LogGroupTarget', 'logGroupName', 'name', [LIST]],
    ['LogGroupTarget', 's3Prefix', 'prefix', [LIST]],
    ['LogGroupFilter', "'NAME'", "'NAMES'", [CONSTRUCT, SELECTION, PERMISSIONS]],
    ['LogGroupFilter', "'TAG'", "'LABEL'", [SELECTION, PERMISSIONS]],
    ['LogGroupSelector', 'of', 'from', [CONSTRUCT, SELECTION]],
    ['LogGroupSelector', 'excluding', 'without', [SELECTION]],
    ['RunInput', 'scheduledTime', 'at', [SCHEDULE]],
    ['ArchiveParameters', 's3BucketName', 'bucketName', [CONSTRUCT, ITEM]],
    ['ArchiveParameters', 'settleHours', 'hours', [CONSTRUCT]],
    ['ArchiveParameters', 'lookback', 'periods', [CONSTRUCT]],
    ['ArchiveExecution', 'stateMachineArn', 'machine', [CONFIGURE]],
    ['RunContext', 'parameters', 'settings', [ITEM, WORKFLOW, CONFIGURE]],
    ['PlanArchiveRequest', 'selectors', 'selections', [WORKFLOW]],
    ['PlanArchiveRequest', 'ownLogGroupNames', 'own', [WORKFLOW]],
    ['PlanArchiveRequest', 'page', 'number', [WORKFLOW]],
    ['ArchivePage', 'next', 'then', [WORKFLOW]],
    ['ArchivePage', 'items', 'work', [WORKFLOW]],
    ['ArchivePage', 'standsAsideFor', 'other', [REPORT]],
    ['ArchivePage', "'STAND_ASIDE'", "'YIELD'", [WORKFLOW]],
    ['ArchivePage', 'number', 'page', [WORKFLOW, CONFIGURE]],
    ['ArchivePage', 'summary', 'result', [REPORT]],
    ['ArchiveItem', 'logGroupName', 'name', [ITEM]],
    ['ArchiveItem', 'period', 'month', [ITEM]],
    ['ExportLogToS3Request', 'item', 'export', [ITEM]],
    ['ExportTask', 'taskId', 'id', [ITEM, CONFIGURE]],
    ['ExportTask', 'destinationPrefix', 'prefix', [ITEM, CONFIGURE]],
    ['CompletedExportTask', 'completedAt', 'end', [CONFIGURE]],
    ['RecordArchiveRequest', 'progress', 'state', [ITEM]],
    ['RecordArchiveRequest', 'task', 'export', [ITEM]],
    ['RecordedArchive', 'leftover', 'rest', [ITEM, CONFIGURE]],
    ['RecordedArchive', 'isDone', 'done', [ITEM, CONFIGURE]],
    ['ArchiveOutcome', 'status', 'result', [ITEM]],
    ['ArchiveOutcome', 'error', 'reason', [ITEM]],
    ['ArchiveOutcome', "'SKIPPED'", "'MISSING'", [ITEM]],
    ['ArchiveOutcome', "'FAILED'", "'BROKEN'", [ITEM]],
    ['ArchiveSummary', 'cause', 'why', [REPORT]],
    ['ArchiveSummary', 'notification', 'mail', [TELL]],
    ['ArchiveNotification', 'subject', 'title', [TELL]],
    ['ArchiveSummary', "'DRY_RUN'", "'REHEARSAL'", [REPORT]],
    ['Granularity', "'MONTHLY'", "'MONATLICH'", [CONSTRUCT]],
  ])('stops at what uses %s.%s when it is renamed to %s', (type, from, to, sources) => {
    expect(brokenSources({ file: 'contract', type, from, to })).toEqual(sources);
  });

  it.each([
    ['InvalidArchiveRequest', "'InvalidArchiveRequest'"],
    ['LogGroupNotFound', "'LogGroupNotFound'"],
    ['ExportSlotBusy', "'ExportSlotBusy'"],
    ['ArchiveEmpty', "'ArchiveEmpty'"],
    ['UncompletedStatus', "'PENDING'"],
    ['AwsErrorName', "'AccessDeniedException'"],
  ])('stops at the retry policies when an error is renamed: %s, %s', (type, from) => {
    expect(brokenSources({ file: 'errors', type, from, to: "'Renamed'" })).toEqual(['private/retry-policies.ts']);
  });
});
