import { randomUUID } from 'node:crypto';
import { AwsError } from '../aws-error';
import type { BucketFiles } from '../bucket-files';
import { writeExport } from './export-objects';
import type { LogGroups } from './log-groups';

const PAGE_SIZE = 50;
const SECOND = 1_000;
/** AWS gives a task up after 24 hours. */
const LONGEST = 24 * 3_600 * SECOND;

export interface CreateExportTaskInput {
  taskName?: string;
  logGroupName: string;
  logStreamNamePrefix?: string;
  from: number;
  to: number;
  destination: string;
  destinationPrefix?: string;
}

export interface DescribeExportTasksInput {
  taskId?: string;
  statusCode?: string;
  limit?: number;
  nextToken?: string;
}

type StatusCode = 'PENDING' | 'RUNNING' | 'COMPLETED' | 'FAILED' | 'CANCELLED' | 'PENDING_CANCEL';

export interface ExportTask extends CreateExportTaskInput {
  taskId: string;
  destinationPrefix: string;
  status: { code: StatusCode; message?: string };
  executionInfo: { creationTime: number; completionTime?: number };
}

/** How an export goes. */
export interface ExportCourse {
  /** Default 3. */
  pendingSeconds?: number;
  /** Default 20. */
  runningSeconds?: number;
  /** Default COMPLETED. */
  ends?: 'COMPLETED' | 'FAILED';
}

interface Step {
  at: number;
  code: StatusCode;
  message?: string;
}

/**
 * Export tasks, one active at a time. A task has its course from the start, and is brought up to date whenever
 * somebody asks: there is no timer that could be left running.
 */
export class ExportTasks {
  /** The course of the next exports of a log group, first come first served; afterwards the default one. */
  private readonly courses = new Map<string, ExportCourse[]>();
  private readonly tasks: { task: ExportTask; ahead: Step[] }[] = [];

  constructor(
    private readonly logGroups: LogGroups,
    private readonly files: BucketFiles,
    private readonly now: () => number,
  ) {}

  public arrange(logGroupName: string, ...courses: ExportCourse[]) {
    this.courses.set(logGroupName, [...(this.courses.get(logGroupName) ?? []), ...courses]);
  }

  public create(input: CreateExportTaskInput) {
    this.bringUpToDate();
    this.logGroups.get(input.logGroupName);
    if (!this.files.hasBucket(input.destination)) {
      throw new AwsError(
        'InvalidParameterException',
        'The given bucket does not exist. Please make sure the bucket is valid.',
      );
    }
    if (input.from > input.to) {
      throw new AwsError('InvalidParameterException', 'The specified time range is invalid: from is greater than to.');
    }
    if (this.tasks.some(({ task }) => ['PENDING', 'RUNNING', 'PENDING_CANCEL'].includes(task.status.code))) {
      throw new AwsError('LimitExceededException', 'Resource limit exceeded.');
    }
    const task: ExportTask = {
      destinationPrefix: 'exportedlogs',
      ...input,
      taskId: randomUUID(),
      status: { code: 'PENDING' },
      executionInfo: { creationTime: this.now() },
    };
    this.files.putObject(
      task.destination,
      `${task.destinationPrefix}/aws-logs-write-test`,
      'Permission Check Successful',
    );
    this.tasks.unshift({ task, ahead: this.courseOf(task) });
    return { taskId: task.taskId };
  }

  public describe({ taskId, statusCode, limit = PAGE_SIZE, nextToken = '0' }: DescribeExportTasksInput) {
    this.bringUpToDate();
    const found = this.tasks
      .map(({ task }) => task)
      .filter((task) => taskId === undefined || task.taskId === taskId)
      .filter((task) => statusCode === undefined || task.status.code === statusCode);
    const start = Number(nextToken);
    const end = start + Math.min(limit, PAGE_SIZE);
    return {
      exportTasks: structuredClone(found.slice(start, end)),
      ...(end < found.length ? { nextToken: String(end) } : {}),
    };
  }

  public cancel({ taskId }: { taskId: string }) {
    this.bringUpToDate();
    const entry = this.tasks.find(({ task }) => task.taskId === taskId);
    if (!entry) {
      throw new AwsError('ResourceNotFoundException', 'The specified export task does not exist.');
    }
    if (!['PENDING', 'RUNNING'].includes(entry.task.status.code)) {
      throw new AwsError('InvalidOperationException', 'The specified export task has already finished.');
    }
    entry.task.status = { code: 'PENDING_CANCEL' };
    entry.ahead = [{ at: this.now() + 2 * SECOND, code: 'CANCELLED' }];
    return {};
  }

  private courseOf(task: ExportTask): Step[] {
    const {
      pendingSeconds = 3,
      runningSeconds = 20,
      ends = 'COMPLETED',
    } = this.courses.get(task.logGroupName)?.shift() ?? {};
    const created = task.executionInfo.creationTime;
    const runsAt = created + pendingSeconds * SECOND;
    const endsAt = runsAt + runningSeconds * SECOND;
    const end: Step =
      endsAt - created > LONGEST
        ? { at: created + LONGEST, code: 'FAILED', message: 'Export task timed out' }
        : { at: endsAt, code: ends, message: ends === 'COMPLETED' ? 'Completed successfully' : 'Internal failure' };
    return [{ at: runsAt, code: 'RUNNING' }, end];
  }

  private bringUpToDate() {
    for (const { task, ahead } of this.tasks) {
      for (let step = ahead[0]; step !== undefined && step.at <= this.now(); step = ahead[0]) {
        ahead.shift();
        this.take(task, step);
      }
    }
  }

  private take(task: ExportTask, { at, code, message }: Step) {
    task.status = message === undefined ? { code } : { code, message };
    if (code !== 'RUNNING') {
      task.executionInfo.completionTime = at;
    }
    if (code === 'COMPLETED') {
      writeExport(task, this.logGroups.get(task.logGroupName), this.files);
    }
  }
}
