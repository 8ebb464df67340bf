import type { SynthesizedStack } from '@log-archiver/local-aws';
import { LogArchiveStack, WorkloadStack, type WorkloadStackProps } from '@log-archiver/sample-app';
import { App, Duration, type TimeZone } from 'aws-cdk-lib';
import type { CloudAssembly } from 'aws-cdk-lib/cx-api';

/** Synthesizes the sample's workload, which has its own bucket, into a folder as `cdk synth` does. */
export function synthesizeSample(outdir: string, props: WorkloadStackProps): SynthesizedStack {
  const app = new App({ outdir });
  const { stackName } = new WorkloadStack(app, 'LogArchiverDemo', props);
  return readStack(app.synth(), stackName);
}

/** Account and Region of a stack. */
interface Environment {
  readonly account: string;
  readonly region: string;
}

export interface OrganizationProps {
  readonly logArchive: Environment;
  readonly workloads: readonly Environment[];
  readonly timeZone: TimeZone;
}

export interface SynthesizedOrganization {
  readonly logArchive: SynthesizedStack;
  /** Stacks by account. */
  readonly workloads: ReadonlyMap<string, SynthesizedStack>;
}

/** Synthesizes the sample's archive bucket and its workloads. The verifier compares all objects every month. */
export function synthesizeOrganization(
  outdir: string,
  { logArchive: env, workloads, timeZone }: OrganizationProps,
): SynthesizedOrganization {
  const app = new App({ outdir });
  const logArchive = new LogArchiveStack(app, 'LogArchive', {
    env,
    sourceAccounts: workloads.map(({ account }) => account),
    verifyEvery: Duration.days(32),
  });
  const { bucket } = logArchive;
  const stackNames = workloads.map(({ account, region }) => {
    const workload = new WorkloadStack(app, `Workload-${account}`, { env: { account, region }, bucket, timeZone });
    return [account, workload.stackName] as const;
  });
  const assembly = app.synth();
  return {
    logArchive: readStack(assembly, logArchive.stackName),
    workloads: new Map(stackNames.map(([account, name]) => [account, readStack(assembly, name)])),
  };
}

function readStack(assembly: CloudAssembly, stackName: string): SynthesizedStack {
  return { stackName, template: assembly.getStackByName(stackName).template, assetDirectory: assembly.directory };
}
