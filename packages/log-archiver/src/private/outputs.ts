import { CfnOutput } from 'aws-cdk-lib';
import type { Construct } from 'constructs';

/** Output of the stack, for a placeholder in the commands of the runbook. */
export interface PlaceholderOutput {
  /** Word that stands for the value in `docs/runbook.md`. */
  readonly placeholder: 'ACCOUNT' | 'ARCHIVER' | 'ARN' | 'BUCKET' | 'KEY' | 'KEY_PREFIX' | 'REGION';
  readonly meaning: string;
  readonly value: string;
}

/** Creates outputs of the stack. Their logical ids are a contract with users, as those of resources are. */
export function createOutputs(scope: Construct, outputs: Record<string, PlaceholderOutput>) {
  for (const [id, { placeholder, meaning, value }] of Object.entries(outputs)) {
    new CfnOutput(scope, id, { description: `${meaning} (${placeholder} in the runbook)`, value });
  }
}
