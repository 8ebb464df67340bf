import { text } from 'node:stream/consumers';
import type { Fault } from '../../faults/fault';
import { refuses } from '../../faults/wrong-answers';
import { respondJson } from '../../protocol/aws-json';
import type { HttpResponse } from '../../protocol/http-message';
import { GET_BUCKET_ACL_FAILED } from './bucket-access';
import type { ExportTask } from './export-task';

/** The bucket's policy does not allow CloudWatch Logs to write. */
export const bucketPolicyMissing = refuses('AccessDeniedException', GET_BUCKET_ACL_FAILED);

/** The same error, with the name that AWS used in 2023. */
export const bucketPolicyInvalid = refuses('InvalidParameterException', GET_BUCKET_ACL_FAILED);

/** DescribeExportTasks does not return tasks that are younger than this. */
export function tasksHiddenFor(seconds: number, now: () => number): Fault<HttpResponse> {
  return async (makeCall) => {
    const { statusCode, body } = await makeCall();
    const answer: { exportTasks?: ExportTask[] } = JSON.parse(await text(body));
    const isShown = ({ executionInfo }: ExportTask) => executionInfo.creationTime + seconds * 1_000 <= now();
    return respondJson(
      statusCode,
      answer.exportTasks ? { ...answer, exportTasks: answer.exportTasks.filter(isShown) } : answer,
    );
  };
}
