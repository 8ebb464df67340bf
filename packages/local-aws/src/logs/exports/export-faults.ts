import { text } from 'node:stream/consumers';
import type { Fault } from '../../faults/fault';
import { respond } from '../../protocol/aws-json';
import type { HttpResponse } from '../../protocol/http-message';
import type { ExportTask } from './export-task';

/** DescribeExportTasks does not see a task yet that is younger than this. */
export function tasksHiddenFor(seconds: number, now: () => number): Fault<HttpResponse> {
  return async (makeCall) => {
    const { statusCode, body } = await makeCall();
    const answer: { exportTasks?: ExportTask[] } = JSON.parse(await text(body));
    const isShown = ({ executionInfo }: ExportTask) => executionInfo.creationTime + seconds * 1_000 <= now();
    return respond(
      statusCode,
      answer.exportTasks ? { ...answer, exportTasks: answer.exportTasks.filter(isShown) } : answer,
    );
  };
}
