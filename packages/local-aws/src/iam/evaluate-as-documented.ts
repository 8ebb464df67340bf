import type { AccessRequest } from './access-request';
import { buildSimulation } from './evaluate';
import { loadEvaluator } from './evaluator';

/**
 * Evaluates a request with AWS's service authorization reference.
 *
 * Condition keys that AWS does not document for the action are ignored. If AWS could not receive the request at all, the
 * errors are returned as JSON.
 */
export async function evaluateAsDocumented(request: AccessRequest): Promise<'ALLOWED' | 'DENIED' | string> {
  const answer = await loadEvaluator().runSimulation(buildSimulation(request), {});
  if (answer.resultType === 'error') {
    return JSON.stringify(answer.errors);
  }
  return answer.overallResult === 'Allowed' ? 'ALLOWED' : 'DENIED';
}
