import type { Fault } from '../../faults/fault';
import { answersOtherwise, refuses } from '../../faults/wrong-answers';
import type { HttpResponse } from '../../protocol/http-message';
import { GET_BUCKET_ACL_FAILED } from './bucket-access';
import type { ExportTask } from './export-task';

/** The bucket's policy does not allow CloudWatch Logs to write. */
export const bucketPolicyMissing = refuses('AccessDeniedException', GET_BUCKET_ACL_FAILED);

/** The same error, with the name that AWS used in 2023. */
export const bucketPolicyInvalid = refuses('InvalidParameterException', GET_BUCKET_ACL_FAILED);

/** DescribeExportTasks does not return tasks that are younger than this. */
export function tasksHiddenFor(seconds: number, now: () => number): Fault<HttpResponse> {
  const isShown = ({ executionInfo }: ExportTask) => executionInfo.creationTime + seconds * 1_000 <= now();
  return answersOtherwise((answer: { exportTasks: ExportTask[] }) => ({
    ...answer,
    exportTasks: answer.exportTasks.filter(isShown),
  }));
}
