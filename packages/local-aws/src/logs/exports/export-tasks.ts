import { randomUUID } from 'node:crypto';
import { AwsError } from '../../protocol/aws-error';
import type { Buckets } from '../../s3/storage/buckets';
import type { RangeEnd } from '../range-end';
import type { LogGroup, LogGroupClass } from '../stores/log-group';
import type { LogGroups } from '../stores/log-groups';
import type { NextTokens, PagedQuery } from '../stores/next-tokens';
import type { BucketAccess } from './bucket-access';
import { type ExportedBy, writeExport } from './export-objects';
import { validateRange } from './export-range';
import type { CreateExportTaskInput, ExportTask, StatusCode } from './export-task';
import { type ScriptedExport, type Step, scheduleCancellation, scheduleSteps } from './scripted-export';
import { formatTestObjectKey } from './test-object';

const PAGE_SIZE = 50;
const ACTIVE: StatusCode[] = ['PENDING', 'RUNNING', 'PENDING_CANCEL'];

interface DescribeExportTasksInput extends PagedQuery {
  taskId?: string;
  statusCode?: StatusCode;
}

interface CreatedTask {
  readonly input: CreateExportTaskInput;
  readonly task: ExportTask;
  readonly logGroup: LogGroup;
  readonly script: ScriptedExport;
  remainingSteps: Step[];
}

/**
 * Export tasks, of which one is active at a time.
 *
 * The steps of a task are fixed when it is created, and applied before each call. No timer is needed, so none can be left
 * running.
 */
export class ExportTasks {
  /** Classes whose export is rejected. AWS does not document whether ESSENTIALS is one of them. */
  public readonly classesNotExported = new Set<LogGroupClass>(['DELIVERY']);
  /** Whether a range is rejected that is only partly expired. AWS does not document it. */
  public refusesPartlyExpired = false;
  /**
   * Whether log streams that share a folder, such as `web/1` and `web-1`, overwrite each other's objects.
   *
   * AWS does not document it. Otherwise, their objects are numbered consecutively.
   */
  public overwritesInSharedFolders = true;
  /** Time by which a range selects events. AWS documents both. */
  public exportedBy: ExportedBy = 'EVENT_TIME';
  /**
   * Hours from the ingestion of an event until a task that is created then exports the event. 0: also a task that is running.
   *
   * AWS documents only that it can take up to 12 hours.
   */
  public exportableAfterHours = 0;
  /** Returns the folder of a log stream. AWS documents only that it replaces `/`. */
  public formatFolder = (logStreamName: string): string => logStreamName.replaceAll('/', '-');
  /** Scripts of the next exports, by log group. Further exports use the default script. */
  public readonly scripts = new Map<string, ScriptedExport[]>();
  private readonly tasks: CreatedTask[] = [];

  constructor(
    private readonly logGroups: LogGroups,
    private readonly buckets: Buckets,
    private readonly nextTokens: NextTokens,
    private readonly now: () => number,
    private readonly rangeEnd: RangeEnd,
    private readonly bucketAccess?: BucketAccess,
  ) {}

  /** Scripts the next exports of a log group, one script per export. */
  public script(logGroupName: string, ...scripts: ScriptedExport[]) {
    this.scripts.set(logGroupName, [...(this.scripts.get(logGroupName) ?? []), ...scripts]);
  }

  public create(input: CreateExportTaskInput) {
    this.applyDueSteps();
    const logGroup = this.logGroups.get(input.logGroupName);
    if (this.classesNotExported.has(logGroup.logGroupClass)) {
      throw new AwsError(
        'InvalidParameterException',
        `Log groups of class ${logGroup.logGroupClass} cannot be exported.`,
      );
    }
    if (!this.buckets.hasBucket(input.destination)) {
      throw new AwsError(
        'InvalidParameterException',
        'The given bucket does not exist. Please make sure the bucket is valid.',
      );
    }
    const retentionStart = this.logGroups.accountRetention.computeAcceptedStart(logGroup, this.now());
    validateRange(input, logGroup, retentionStart, this.refusesPartlyExpired);
    if (this.tasks.some(({ task }) => ACTIVE.includes(task.status.code))) {
      throw new AwsError('LimitExceededException', 'Resource limit exceeded.');
    }
    const { logStreamNamePrefix: _, ...described } = input;
    const task: ExportTask = {
      destinationPrefix: 'exportedlogs',
      ...described,
      taskId: randomUUID(),
      status: { code: 'PENDING' },
      executionInfo: { creationTime: this.now() },
    };
    this.bucketAccess?.authorize(input);
    const testObject = formatTestObjectKey(input.destinationPrefix);
    this.buckets.putObject(task.destination, testObject, 'Permission Check Successful');
    const script = this.scripts.get(task.logGroupName)?.shift() ?? {};
    this.tasks.unshift({ input, task, logGroup, script, remainingSteps: scheduleSteps(script, this.now()) });
    return { taskId: task.taskId };
  }

  public describe(input: DescribeExportTasksInput) {
    this.applyDueSteps();
    const { taskId, statusCode } = input;
    const found = this.tasks
      .map(({ task }) => task)
      .filter((task) => taskId === undefined || task.taskId === taskId)
      .filter((task) => statusCode === undefined || task.status.code === statusCode);
    const { page, nextToken } = this.nextTokens.page(input, found, (task) => task.taskId, PAGE_SIZE);
    return { exportTasks: structuredClone(page), ...(nextToken === undefined ? {} : { nextToken }) };
  }

  public cancel({ taskId }: { taskId: string }) {
    this.applyDueSteps();
    const entry = this.tasks.find(({ task }) => task.taskId === taskId);
    if (!entry) {
      throw new AwsError('ResourceNotFoundException', 'The specified export task does not exist.');
    }
    if (!['PENDING', 'RUNNING'].includes(entry.task.status.code)) {
      throw new AwsError('InvalidOperationException', 'The specified export task has already finished');
    }
    entry.task.status = { code: 'PENDING_CANCEL' };
    entry.remainingSteps = scheduleCancellation(
      this.now(),
      entry.task.executionInfo.creationTime,
      entry.remainingSteps,
    );
    return {};
  }

  private applyDueSteps() {
    for (const created of this.tasks) {
      const { remainingSteps } = created;
      for (let step = remainingSteps[0]; step !== undefined && step.at <= this.now(); step = remainingSteps[0]) {
        remainingSteps.shift();
        this.applyStep(created, step);
      }
    }
  }

  private applyStep({ input, task, logGroup, script }: CreatedTask, { at, code, message, written = 0 }: Step) {
    task.status = message === undefined ? { code } : { code, message };
    if (code !== 'RUNNING') {
      task.executionInfo.completionTime = at;
    }
    // A task that was cancelled while it was PENDING has written nothing.
    if (written > 0) {
      try {
        this.bucketAccess?.authorize(input);
        this.validateExists(logGroup);
        const { rangeEnd, overwritesInSharedFolders, exportedBy, exportableAfterHours, formatFolder } = this;
        const { logStreamNamePrefix } = input;
        const props = {
          task,
          logStreamNamePrefix,
          logGroup,
          leavesOut: script.leavesOut,
          rangeEnd,
          overwritesInSharedFolders,
          exportedBy,
          exportableAfterHours,
          formatFolder,
        };
        writeExport({ ...props, completionTime: at, share: written }, this.logGroups, this.buckets);
      } catch (error) {
        if (!(error instanceof AwsError)) {
          throw error;
        }
        task.status = code === 'COMPLETED' ? { code: 'FAILED', message: error.message } : task.status;
      }
    }
  }

  /** Throws if the log group was deleted, even if another one has its name. */
  private validateExists(logGroup: LogGroup) {
    if (this.logGroups.get(logGroup.logGroupName) !== logGroup) {
      throw new AwsError('ResourceNotFoundException', 'The specified log group does not exist.');
    }
  }
}
