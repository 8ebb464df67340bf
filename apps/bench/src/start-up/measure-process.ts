import { runScript } from '../function-process';

/** Start of a Node.js process that loads a module and makes a call. */
export interface StartUp {
  /** Bytes of all files that the module loads. */
  readonly bytes: number;
  /** Milliseconds of CPU time. */
  readonly loadMs: number;
  readonly firstCallMs: number;
}

/** A module to load, and a function body that makes its first call. The body has the variable `loaded`. */
export interface Subject {
  readonly path: string;
  readonly call: string;
}

const SCRIPT = `
  const { statSync } = require('node:fs');
  const measure = () => {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1_000;
  };
  const start = measure();
  const loaded = require(process.argv[1]);
  const afterLoad = measure();
  const bytes = Object.keys(require.cache).reduce((sum, path) => sum + statSync(path).size, 0);
  const beforeCall = measure();
  new (async () => {}).constructor('loaded', process.argv[2])(loaded).then(() => {
    const firstCallMs = measure() - beforeCall;
    process.stderr.write(JSON.stringify({ bytes, loadMs: afterLoad - start, firstCallMs }));
  });
`;

/** Measures new processes, and returns the smallest times: other programs on the machine only add to them. */
export async function measureStartUp(
  { path, call }: Subject,
  environment: object,
  runs: number,
  beforeRun: () => Promise<void>,
): Promise<StartUp> {
  const results: StartUp[] = [];
  for (let run = 0; run < runs; run += 1) {
    await beforeRun();
    results.push(await runScript<StartUp>(`loading ${path}`, SCRIPT, [path, call], environment));
  }
  const smallest = (read: (result: StartUp) => number) => Math.min(...results.map(read));
  return {
    bytes: smallest(({ bytes }) => bytes),
    loadMs: smallest(({ loadMs }) => loadMs),
    firstCallMs: smallest(({ firstCallMs }) => firstCallMs),
  };
}
