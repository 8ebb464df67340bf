import type { LogGroupFilter } from '@log-archiver/core';
import { Stack } from 'aws-cdk-lib';
import type { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { BINDING_VARIABLES } from '../core';
import type { ArchiveDestination } from '../destination/archive-destination';
import { ArchiveFunction, type FunctionSettings } from './archive-function';
import { LogGroupPermissions } from './log-group-permissions';

/** Memory in MB of functions that wait most of the time, which is billed by memory. */
const MEMORY_OF_POLLING = 128;

export interface ArchiveFunctionsProps extends FunctionSettings {
  readonly destination: ArchiveDestination;
}

/** The four functions, each with the permissions that it needs. */
export class ArchiveFunctions {
  public readonly planArchive: ArchiveFunction;
  public readonly exportLogToS3: ArchiveFunction;
  public readonly checkExportTask: ArchiveFunction;
  public readonly recordArchive: ArchiveFunction;
  private readonly permissions: LogGroupPermissions[];

  constructor(scope: Construct, { destination, ...settings }: ArchiveFunctionsProps) {
    // The functions refuse a payload for another bucket or account, so no execution input can redirect them.
    const environment = {
      [BINDING_VARIABLES.s3BucketName]: destination.bucket.bucketName,
      [BINDING_VARIABLES.account]: Stack.of(scope).account,
    };
    const common = { ...settings, environment };
    this.planArchive = new ArchiveFunction(scope, 'PlanArchive', {
      name: 'plan-archive',
      readsPages: true,
      // The planner holds the whole report of a run in memory.
      memorySize: 2_048,
      ...common,
    });
    this.planArchive.grantOnAll('logs:DescribeLogGroups', 'logs:ListLogGroups', 'logs:DescribeExportTasks');
    destination.grantPlan(this.planArchive.role);

    this.exportLogToS3 = new ArchiveFunction(scope, 'ExportLogToS3', {
      name: 'export-log-to-s3',
      memorySize: MEMORY_OF_POLLING,
      ...common,
    });
    this.exportLogToS3.grantOnAll('logs:DescribeExportTasks');
    destination.grantExport(this.exportLogToS3.role);

    this.checkExportTask = new ArchiveFunction(scope, 'CheckExportTask', {
      name: 'check-export-task',
      memorySize: MEMORY_OF_POLLING,
      ...common,
    });
    // A task that AWS has given up but that still runs is cancelled, because it would hold the slot.
    this.checkExportTask.grantOnAll('logs:DescribeExportTasks', 'logs:CancelExportTask');

    this.recordArchive = new ArchiveFunction(scope, 'RecordArchive', {
      name: 'record-archive',
      readsPages: true,
      memorySize: 512,
      ...common,
    });
    this.recordArchive.grantOnAll('logs:DescribeLogGroups', 'logs:DescribeExportTasks');
    destination.grantRecord(this.recordArchive.role);

    this.permissions = [
      new LogGroupPermissions(scope, 'ExportPermissions', {
        role: this.exportLogToS3.role,
        actions: ['logs:CreateExportTask'],
      }),
      new LogGroupPermissions(scope, 'RecordPermissions', {
        role: this.recordArchive.role,
        actions: ['logs:DescribeLogStreams', 'logs:FilterLogEvents', 'logs:StartQuery', 'logs:GetQueryResults'],
      }),
    ];
  }

  /** Log groups of the functions themselves. */
  public get logGroups(): LogGroup[] {
    return [this.planArchive, this.exportLogToS3, this.checkExportTask, this.recordArchive].map(
      ({ logGroup }) => logGroup,
    );
  }

  /** ARNs of the log groups that the functions may export, as they are in the policies. */
  public get logGroupArns(): string[] {
    return this.permissions.flatMap(({ arns }) => arns);
  }

  /** Allows the functions to export the log groups that match a filter, and to look for events in them. */
  public grantArchive(filter: LogGroupFilter) {
    for (const each of this.permissions) {
      each.add(filter);
    }
  }
}
