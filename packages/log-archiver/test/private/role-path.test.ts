import { CfnParameter, type Stack } from 'aws-cdk-lib';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { ArchiveBucket, LogArchiver } from '../../src';
import { getResources, newArchiver, newStack } from '../archiver-stack';

/** Returns the paths of the roles of a stack, by logical id without the hash. */
function getPaths(stack: Stack) {
  return Object.fromEntries(
    Object.entries(getResources(stack))
      .filter(([, { Type }]) => Type === 'AWS::IAM::Role')
      .map(([id, { Properties }]) => [id.slice(0, -8), Properties.Path]),
  );
}

describe('rolePath', () => {
  it.each([
    [undefined, '/log-archiver/'],
    ['/', '/'],
    ['/platform/archive/', '/platform/archive/'],
  ])('%p puts every role below %s, and those of the functions each in a folder', (rolePath, path) => {
    const stack = newStack();
    newArchiver(stack, { rolePath, notificationTopic: new Topic(stack, 'Topic') });
    expect(getPaths(stack)).toEqual({
      ArchiverPlanArchiveRole: `${path}plan-archive/`,
      ArchiverExportLogToS3Role: `${path}export-log-to-s3/`,
      ArchiverCheckExportTaskRole: `${path}check-export-task/`,
      ArchiverRecordArchiveRole: `${path}record-archive/`,
      ArchiverWorkflowStateMachineRole: path,
      ArchiverScheduleRole: path,
      ArchiverNotificationTopicEventsRole: path,
    });
  });

  it.each([
    ...['', 'archive', '/archive', 'archive/', '//', '/a//b/', '/a b/', '/ä/', '/*/', '/a?/', '/${aws:username}/'].map(
      (rolePath) => [
        rolePath,
        `rolePath must begin and end with /, with folders of letters, digits and +=,.@_- in between, got ${JSON.stringify(rolePath)}`,
      ],
    ),
    [
      `/${'a'.repeat(493)}/`,
      'rolePath must have at most 494 characters (a path has at most 512, and those of the functions continue), got 495',
    ],
    [5 as unknown as string, 'rolePath must be a string, got 5'],
  ])('rejects %j', (rolePath, message) => {
    expect(() => new LogArchiver(newStack(), 'Archiver', { rolePath })).toThrow(new Error(message));
    expect(() => new ArchiveBucket(newStack(), 'Archive', { rolePath })).toThrow(new Error(message));
  });

  it('rejects a token', () => {
    const stack = newStack();
    const rolePath = new CfnParameter(stack, 'Path').valueAsString;
    const error = new Error('rolePath must be known at synthesis, got a token');
    expect(() => new LogArchiver(stack, 'Archiver', { rolePath })).toThrow(error);
    expect(() => new ArchiveBucket(stack, 'Archive', { rolePath })).toThrow(error);
  });

  it('accepts 494 characters', () => {
    const stack = newStack();
    newArchiver(stack, { rolePath: `/${'a'.repeat(492)}/` });
    expect(getPaths(stack).ArchiverCheckExportTaskRole).toHaveLength(512);
  });
});
