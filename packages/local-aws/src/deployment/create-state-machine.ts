import { authorize } from '../iam/authorize';
import type { Permission } from '../protocol/service-call';
import type { Definition } from '../step-functions/interpreter/definition';
import { StateMachine } from '../step-functions/state-machine';
import type { DeploymentTarget } from './deployment-target';
import { createItemReaders } from './item-readers';

/** Creates a state machine that no stack defines. Its role authorizes item readers, which are its only resources. */
export function createStateMachine(
  target: DeploymentTarget,
  name: string,
  definition: Definition,
  roleArn: string,
): StateMachine {
  const authorizeCalls = (permissions: readonly Permission[]) => {
    if (target.access) {
      authorize(target.access, { roleArn, sessionName: 'execution' }, permissions);
    }
  };
  return new StateMachine(
    `arn:aws:states:${target.region}:${target.accountId}:stateMachine:${name}`,
    definition,
    new Map(createItemReaders(target, authorizeCalls)),
    target.clock,
    target.mapSettings,
  );
}
