import { Writable } from 'node:stream';
import { withProgress } from '../src/progress';
import { handleSignal } from '../src/signals';
import { Terminal } from './terminal';

/** Sequences that switch line wrapping or the cursor off or on. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: a terminal is controlled by them.
const MODES = /\u001b\[\?\d+[hl]/g;
const CLEARED_LINE = '\u001b[1G\u001b[2K';
const stdout = new Writable({ write: (_chunk, _encoding, done) => done() });

describe('the bar of a command', () => {
  test('changes no mode of the terminal', async () => {
    const stderr = new Terminal();
    await withProgress({ stdout, stderr }, 'receipts', async (progress) => {
      progress.setTotal(2);
      progress.add(1);
    });
    expect(stderr.written).toContain('% of 0 receipts');
    expect(stderr.written.match(MODES)).toBeNull();
  });

  test('is cleared when a signal ends the command', async () => {
    const stderr = new Terminal();
    let afterSignal = '';
    await withProgress({ stdout, stderr }, 'receipts', async () => {
      expect(stderr.written).toContain('% of 0 receipts');
      await handleSignal();
      afterSignal = stderr.written;
    });
    expect(afterSignal.endsWith(CLEARED_LINE)).toBe(true);
    expect(afterSignal.match(MODES)).toBeNull();
  });

  test('is shorter than a line of the terminal', async () => {
    const stderr = new Terminal();
    await withProgress({ stdout, stderr }, 'x'.repeat(200), async () => undefined);
    expect(stderr.written).toMatch(/x{10}/);
    expect(stderr.written).not.toMatch(/x{80}/);
  });
});
