import type { Column } from '../columns';
import type { Result } from '../result';
import { PeerError, PeerRun, type PeerSettings, type PeerTask, type TaskStatus } from './peer-run';

/** Another archiver, modelled by its published state machine or code. */
export interface Peer {
  readonly name: string;
  readonly source: string;
  /** Policy in words. */
  readonly policy: string;
  readonly settings: PeerSettings;
  readonly start: (run: PeerRun) => void;
}

/** Waits while another client holds the slot, in seconds. The last retry follows after 121 minutes. */
const EXPORT_MANAGER_RETRIES = [60, 180, 540, 1_620, 4_860];
/** Log groups of one execution, which then starts the next one. */
const EXPORT_MANAGER_PAGE = 10;
const SAM_STATES_CRON_FAILURES = 100;

export const PEERS: readonly Peer[] = [
  {
    name: 'export-manager',
    source: 'https://github.com/andreslavadoseti/cloudwatch-logs-export-manager',
    policy: 'polls every 30 s; retries a taken slot after 1, 3, 9, 27 and 81 minutes; counts a failed task as archived',
    settings: { megabytes: 128, architecture: 'x86_64' },
    start: startExportManager,
  },
  {
    name: 'gammarers stack',
    source: 'https://github.com/gammarers/aws-daily-cloud-watch-logs-archive-stack',
    policy: 'polls after 3 s, then every 10 s; a taken slot or a failed task ends the run',
    settings: { megabytes: 128, architecture: 'x86_64' },
    start: startGammarersStack,
  },
  {
    name: 'gammarers construct',
    source: 'https://github.com/gammarers-aws-cdk-constructs/cloudwatch-logs-archiver',
    policy:
      'a durable function, which polls after 3 s, then every 10 s; retries a taken slot every 30 s; ends after two hours',
    settings: { megabytes: 512, architecture: 'arm64', limitSeconds: 7_200 },
    start: startGammarersConstruct,
  },
  {
    name: 'sam-states-cron',
    source: 'https://github.com/jobscale/sam-states-cron',
    policy: 'polls every 10 s; retries a taken slot every 60 s; a missing log group ends the run',
    settings: { megabytes: 128, architecture: 'x86_64' },
    start: startSamStatesCron,
  },
  {
    name: 'log-exporter',
    source: 'https://github.com/zhang1980s/step-functions-cloudwatch-log-exporter',
    policy: 'polls every 30 s; a taken slot or a missing log group ends the run, and so do 24 hours',
    settings: { megabytes: 128, architecture: 'arm64', limitSeconds: 24 * 3_600 },
    start: startLogExporter,
  },
  {
    name: 'CloudWatchLogs-Export',
    source: 'https://github.com/Jump-Kishimoto/CloudWatchLogs-Export',
    policy: 'polls every 30 s; a taken slot or a failed task ends the run, and so does an hour',
    settings: { megabytes: 128, architecture: 'x86_64', limitSeconds: 3_600 },
    start: startCloudWatchLogsExport,
  },
];

/** Simulates a peer in a column. */
export function simulatePeer({ settings, start }: Peer, column: Column): Result {
  return new PeerRun(settings, column).measure(start);
}

/** Waits, describes the task in a function, and branches, until the task has ended. */
function poll(run: PeerRun, task: PeerTask, seconds: number): TaskStatus {
  for (;;) {
    run.wait(seconds);
    const status = run.invoke(() => run.describeExportTask(task));
    run.enter();
    if (status !== 'PENDING' && status !== 'RUNNING') {
      return status;
    }
  }
}

function startExportManager(run: PeerRun) {
  // Choice, the range, a message, and the list.
  run.enter();
  run.invoke(() => {});
  run.invoke(() => {});
  run.invoke(() => run.listLogGroups());
  let pending = run.logGroups.filter((logGroup) => !run.isTooRecent(logGroup));
  for (;;) {
    run.invoke(() => {});
    run.enter();
    for (const logGroup of pending.slice(0, EXPORT_MANAGER_PAGE)) {
      exportByManager(run, logGroup);
    }
    pending = pending.slice(EXPORT_MANAGER_PAGE);
    // Failed log groups, a Choice, a message or the next execution, and the end.
    run.invoke(() => {});
    run.enter();
    run.invoke(() => {});
    run.enter();
    if (pending.length === 0) {
      return;
    }
    run.continueAsNew();
    run.enter(2);
  }
}

function exportByManager(run: PeerRun, logGroup: number) {
  run.enter();
  let task: PeerTask | undefined;
  for (const seconds of [null, ...EXPORT_MANAGER_RETRIES]) {
    const create = () => run.createExportTask(logGroup);
    try {
      task = seconds === null ? run.invoke(create) : run.retry(seconds, create);
      break;
    } catch (error) {
      if (!(error instanceof PeerError)) {
        throw error;
      }
      if (error.name !== 'LimitExceededException') {
        break;
      }
    }
  }
  if (task === undefined) {
    // A message, and a log group that no later execution exports: its creation time is lost.
    run.invoke(() => {});
    run.enter();
    return;
  }
  poll(run, task, 30);
  run.enter();
  run.known.add(logGroup);
}

function startGammarersStack(run: PeerRun) {
  run.integrate(() => run.listLogGroups());
  run.enter();
  for (const logGroup of run.logGroups) {
    run.enter();
    const task = run.invoke(() => run.createExportTask(logGroup));
    for (;;) {
      const status = run.integrate(() => run.describeExportTask(task));
      run.enter();
      if (status === 'COMPLETED') {
        break;
      }
      if (status === 'FAILED') {
        // The state after a failure expects the ARN of a log group, and gets a status.
        run.enter();
        throw new PeerError('FAILED');
      }
      run.wait(status === 'RUNNING' ? 10 : 3);
    }
    run.enter();
    run.known.add(logGroup);
  }
}

function startGammarersConstruct(run: PeerRun) {
  run.durableOperations += 2;
  run.run(() => run.listLogGroups());
  for (const logGroup of run.logGroups) {
    for (let attempt = 1; !exportByConstruct(run, logGroup); attempt += 1) {
      if (attempt === 2) {
        throw new PeerError('FAILED');
      }
      pauseConstruct(run, 3);
    }
    run.known.add(logGroup);
  }
}

/** Returns false if the task failed. */
function exportByConstruct(run: PeerRun, logGroup: number): boolean {
  for (;;) {
    run.durableOperations += 1;
    try {
      const task = run.createExportTask(logGroup);
      return pollByConstruct(run, task);
    } catch (error) {
      if (!(error instanceof PeerError) || error.name !== 'LimitExceededException') {
        throw error;
      }
      pauseConstruct(run, 30);
    }
  }
}

function pollByConstruct(run: PeerRun, task: PeerTask): boolean {
  for (;;) {
    run.durableOperations += 1;
    const status = run.describeExportTask(task);
    if (status === 'COMPLETED' || status === 'FAILED') {
      return status === 'COMPLETED';
    }
    pauseConstruct(run, status === 'RUNNING' ? 10 : 3);
  }
}

/** Ends the invocation. The next one starts after the pause. */
function pauseConstruct(run: PeerRun, seconds: number) {
  run.durableOperations += 1;
  run.sleep(seconds);
  run.run(() => {});
}

function startSamStatesCron(run: PeerRun) {
  const pending = run.logGroups;
  run.invoke(() => run.listLogGroups());
  for (let failures = 0; ; ) {
    const [logGroup] = pending;
    if (logGroup === undefined) {
      run.invoke(() => {});
      run.enter(2);
      return;
    }
    let task: PeerTask | undefined;
    try {
      task = run.invoke(() => run.createExportTask(logGroup));
    } catch (error) {
      run.enter();
      if (error instanceof PeerError && error.name === 'LimitExceededException') {
        run.wait(60);
        continue;
      }
      if (error instanceof PeerError && error.name === 'InvalidParameterException') {
        pending.shift();
        continue;
      }
      run.enter();
      throw error;
    }
    pending.shift();
    run.enter();
    if (poll(run, task, 10) === 'COMPLETED') {
      run.known.add(logGroup);
      continue;
    }
    failures += 1;
    if (failures === SAM_STATES_CRON_FAILURES) {
      run.enter();
      throw new PeerError('FAILED');
    }
    pending.push(logGroup);
  }
}

function startLogExporter(run: PeerRun) {
  run.invoke(() => run.listLogGroups());
  run.enter();
  for (const logGroup of run.logGroups) {
    const task = run.invoke(() => run.createExportTask(logGroup));
    if (poll(run, task, 30) === 'COMPLETED') {
      run.enter();
      run.known.add(logGroup);
    } else {
      // A message ends the item.
      run.invoke(() => {});
    }
  }
}

function startCloudWatchLogsExport(run: PeerRun) {
  for (const logGroup of run.logGroups) {
    run.invoke(() => run.listLogGroups());
    run.enter();
    const task = run.invoke(() => run.createExportTask(logGroup));
    if (poll(run, task, 30) === 'FAILED') {
      run.enter();
      throw new PeerError('FAILED');
    }
    run.known.add(logGroup);
  }
  run.invoke(() => {});
  run.enter(2);
}
