import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CfnOutput, type Stack } from 'aws-cdk-lib';
import { ArchiveBucket, ArchiveVerifier } from '../src';
import { newArchiver, newStack, TOKYO } from './archiver-stack';

const ROOT = join(__dirname, '..', '..', '..');
const RUNBOOK = join(ROOT, 'docs', 'runbook.md');

interface Output {
  readonly construct: string;
  readonly name: string;
  readonly meaning: string;
  readonly placeholder: string;
  readonly value: unknown;
}

/** Lists the outputs of an archiver with a `keyPrefix`, an archive bucket and its verifier. */
function listOutputs(stack: Stack): Output[] {
  newArchiver(stack, { keyPrefix: 'logs' }, 'LogArchiver');
  const { bucket } = new ArchiveBucket(stack, 'ArchiveBucket');
  new ArchiveVerifier(stack, 'ArchiveVerifier', { bucket });
  const outputs = stack.node.findAll().filter((each): each is CfnOutput => each instanceof CfnOutput);
  return outputs.map(({ node, description = '', value }) => {
    const [, meaning = '', placeholder = ''] = /^(.+) \((\w+) in the runbook\)$/.exec(description) ?? [];
    return { construct: `${node.scope?.node.id}`, name: node.id, meaning, placeholder, value: stack.resolve(value) };
  });
}

const stack = newStack({ env: TOKYO });
const outputs = listOutputs(stack);

/** Prints the outputs as a table. */
function printOutputs(): string {
  const rows = outputs.map(
    ({ construct, name, meaning, placeholder }) =>
      `| \`${construct}\` | \`${name}\` | ${meaning}${name === 'KeyPrefix' ? ', if there is a `keyPrefix`' : ''} | ${placeholder} |`,
  );
  return ['| construct | output | value | in the runbook |', '| --- | --- | --- | --- |', ...rows].join('\n');
}

it.each(['README.md', 'docs/runbook.md'])('are in %s, in the table that UPDATE_GOLDEN=1 writes', (name) => {
  const file = join(ROOT, name);
  const text = readFileSync(file, 'utf8');
  const updated = text.replace(/(?<=<!-- outputs -->\n).*(?=<!-- \/outputs -->)/s, () => `${printOutputs()}\n`);
  if (process.env.UPDATE_GOLDEN === '1') {
    writeFileSync(file, updated);
  }
  expect(readFileSync(file, 'utf8')).toBe(updated);
  expect(updated).toContain(printOutputs());
});

/** Words in capitals in the commands that are no outputs: names that the reader knows, and AWS's own words. */
const OTHER_WORDS = ['STACK', 'NAME', 'DER'];

it('have a value for each placeholder in the commands of the runbook', () => {
  const text = readFileSync(RUNBOOK, 'utf8');
  const blocks = [...text.matchAll(/^```sh\n(.*?)^```$/gms)].map(([, code]) => String(code));
  const inline = [...text.matchAll(/`((?:aws|npx|npm) [^`]+|s3:\/\/[^`]+)`/g)].map(([, code]) => String(code));
  const words = [...blocks, ...inline].flatMap((code) => code.match(/\b[A-Z][A-Z_]+\b/g) ?? []);
  const placeholders = [...new Set(words)].filter((word) => !OTHER_WORDS.includes(word));
  expect(blocks.length).toBeGreaterThan(7);
  expect(placeholders.sort()).toEqual([...new Set(outputs.map(({ placeholder }) => placeholder))].sort());
});

it('are the values of the resources', () => {
  const values = outputs.filter(({ construct }) => construct === 'LogArchiver').map(({ name, value }) => [name, value]);
  const machine = expect.stringMatching(/^LogArchiverWorkflowStateMachine/);
  expect(Object.fromEntries(values)).toEqual({
    BucketName: { Ref: expect.stringMatching(/^LogArchiverDestinationBucket/) },
    KeyPrefix: 'logs',
    Account: TOKYO.account,
    Region: TOKYO.region,
    StateMachineName: { 'Fn::GetAtt': [machine, 'Name'] },
    StateMachineArn: { Ref: machine },
  });
});

it('have no KeyPrefix without a keyPrefix', () => {
  const archiver = newArchiver(newStack());
  expect(archiver.node.tryFindChild('KeyPrefix')).toBeUndefined();
});
