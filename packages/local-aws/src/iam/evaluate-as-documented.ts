import { runSimulation } from '@cloud-copilot/iam-simulate';
import type { AccessRequest } from './access-request';
import { buildSimulation } from './evaluate';

/**
 * The same evaluation with AWS's lists of actions, resources and condition keys at hand: a condition key that AWS does not
 * have for the action is as if it were not there. A question that AWS could not be asked is answered by what is wrong.
 */
export async function evaluateAsDocumented(request: AccessRequest): Promise<'ALLOWED' | 'DENIED' | string> {
  const answer = await runSimulation(buildSimulation(request), {});
  if (answer.resultType === 'error') {
    return JSON.stringify(answer.errors);
  }
  return answer.overallResult === 'Allowed' ? 'ALLOWED' : 'DENIED';
}
