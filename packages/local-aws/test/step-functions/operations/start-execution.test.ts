import { EXECUTION_ARN, listNames, start } from '../local-step-functions';
import { NOW, STATE_MACHINE_ARN } from '../machine';

describe('StartExecution', () => {
  it('starts an execution with its name and input', async () => {
    const { describe, send } = start();
    const executionArn = `${EXECUTION_ARN}:first`;
    const { startDate, ...rest } = await send({ name: 'first', input: '{"period":"2026-10"}' });
    expect([rest.executionArn, startDate]).toEqual([executionArn, new Date(NOW)]);
    expect(await describe(executionArn)).toMatchObject({ status: 'RUNNING', input: '{"period":"2026-10"}' });
  });

  it('generates a name, and has the input {} by default', async () => {
    const { describe, send } = start();
    const { executionArn = '' } = await send();
    expect(executionArn).toMatch(/:execution:Machine:[0-9a-f-]{36}$/);
    expect((await describe(executionArn)).input).toBe('{}');
  });

  it('returns the running execution of the same name and input', async () => {
    const { aws, list, send } = start();
    const first = await send({ name: 'first', input: '{"force":true}' });
    await aws.clock.moveTo('2026-11-01T18:30:00.000Z');
    const second = await send({ name: 'first', input: '{"force":true}' });
    expect([second.executionArn, second.startDate]).toEqual([first.executionArn, first.startDate]);
    expect(listNames(await list())).toEqual(['first']);
  });

  it('rejects a name with another input, and the name of an execution that has ended', async () => {
    const { aws, send } = start();
    await send({ name: 'first' });
    const error = { name: 'ExecutionAlreadyExists', message: `Execution Already Exists: '${EXECUTION_ARN}:first'` };
    await expect(send({ name: 'first', input: '{"force":true}' })).rejects.toMatchObject(error);
    await aws.clock.moveTo('2026-11-01T19:00:00.000Z');
    await expect(send({ name: 'first' })).rejects.toMatchObject(error);
  });

  it.each([
    [{ stateMachineArn: `${STATE_MACHINE_ARN}s` }, 'StateMachineDoesNotExist'],
    [{ input: '{' }, 'InvalidExecutionInput'],
    [{ name: 'a b' }, 'InvalidName'],
  ])('rejects %p with %s', async (input, name) => {
    await expect(start().send(input)).rejects.toMatchObject({ name });
  });
});
