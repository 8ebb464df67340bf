import { AwsError } from '../../protocol/aws-error';
import type { Definition } from '../interpreter/definition';
import type { StateMachines, StepFunctionsOperation } from './operation';

interface CreateStateMachineInput {
  name: string;
  definition: string;
  roleArn: string;
}

export const createStateMachine: StepFunctionsOperation = {
  input: {
    type: 'structure',
    required: ['name', 'definition', 'roleArn'],
    members: {
      name: { type: 'string', min: 1, max: 80 },
      definition: { type: 'string', min: 1, max: 1_048_576 },
      roleArn: { type: 'string', min: 1, max: 256 },
      type: { type: 'string', values: ['STANDARD'] },
    },
  },
  call(stateMachines: StateMachines, { name, definition, roleArn }: CreateStateMachineInput) {
    return { stateMachineArn: stateMachines.create(name, parseDefinition(definition), roleArn) };
  },
};

function parseDefinition(definition: string): Definition {
  try {
    return JSON.parse(definition);
  } catch (error) {
    throw new AwsError('InvalidDefinition', `Invalid State Machine Definition: '${(error as Error).message}'`);
  }
}
