import { Aspects } from 'aws-cdk-lib';
import { CfnFunction } from 'aws-cdk-lib/aws-lambda';
import { getResources, getWarnings, newArchiver, newStack } from '../../archiver-stack';

it('gives the functions another architecture and runtime by an aspect', () => {
  const stack = newStack();
  Aspects.of(newArchiver(stack)).add({
    visit(node) {
      if (node instanceof CfnFunction) {
        node.architectures = ['x86_64'];
        node.runtime = 'nodejs22.x';
      }
    },
  });
  const functions = Object.values(getResources(stack)).filter(({ Type }) => Type === 'AWS::Lambda::Function');
  expect(functions.map(({ Properties }) => [Properties.Architectures, Properties.Runtime])).toEqual(
    Array.from({ length: 4 }, () => [['x86_64'], 'nodejs22.x']),
  );
  expect(getWarnings(stack)).toEqual([]);
});
