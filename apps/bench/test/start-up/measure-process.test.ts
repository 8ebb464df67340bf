import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { measureStartUp } from '../../src/start-up/measure-process';

describe('the start of a process', () => {
  const folder = mkdtempSync(join(tmpdir(), 'measure-process-'));
  const path = join(folder, 'index.js');
  const imported = 'exports.name = process.env.NAME;';
  const main = "exports.greet = async (name) => require('node:fs').writeFileSync(name, require('./imported').name);";
  let runs = 0;
  const beforeRun = async () => {
    runs += 1;
  };

  beforeAll(() => {
    writeFileSync(join(folder, 'imported.js'), imported);
    writeFileSync(path, `${main}\nrequire('./imported');`);
  });

  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it('has the bytes of all loaded files, and two times', async () => {
    const call = `await loaded.greet(${JSON.stringify(join(folder, 'out'))});`;
    const { bytes, loadMs, firstCallMs } = await measureStartUp({ path, call }, { NAME: 'bench' }, 2, beforeRun);
    expect(bytes).toBe(imported.length + main.length + "\nrequire('./imported');".length);
    expect(loadMs).toBeGreaterThan(0);
    expect(firstCallMs).toBeGreaterThan(0);
    expect(runs).toBe(2);
  });

  it('fails if the call fails', async () => {
    const call = "throw new Error('no answer');";
    await expect(measureStartUp({ path, call }, {}, 1, beforeRun)).rejects.toThrow(
      /^loading .*index.js failed: [\s\S]*no answer/,
    );
  });
});
