import { Template } from 'aws-cdk-lib/assertions';
import { WorkloadStack } from '../src';
import { newApp } from './new-app';

describe('the workload', () => {
  const template = Template.fromStack(new WorkloadStack(newApp(), 'Sample', { env: { region: 'ap-northeast-1' } }));

  it('is archived every day, by months of Tokyo', () => {
    template.hasResourceProperties('AWS::Scheduler::Schedule', {
      ScheduleExpression: 'cron(0 3 * * ? *)',
      ScheduleExpressionTimezone: 'Asia/Tokyo',
      State: 'ENABLED',
    });
  });

  it('is archived with its own two log groups and the imported one', () => {
    const [machine] = Object.values(template.findResources('AWS::StepFunctions::StateMachine'));
    const definition = JSON.stringify(machine?.Properties.DefinitionString);
    expect(definition).toContain('/aws/lambda/checkout');
    expect(definition.match(/"Ref":"(Orders|Payments)/g)).toEqual(['"Ref":"Orders', '"Ref":"Payments']);
  });
});
