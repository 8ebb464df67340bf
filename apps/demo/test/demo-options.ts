import { Granularity } from 'cdk-log-archiver';
import type { DemoOptions } from '../src/options';
import type { DemoListener } from '../src/run-demo';
import { createFolder } from './temporary-folder';

export const SILENT: DemoListener = { reached() {}, ended() {} };
export const NOW = Date.parse('2026-11-22T12:00:00Z');
export const TOKYO = { timeZone: 'Asia/Tokyo', granularity: Granularity.MONTHLY };

/** Creates options with empty folders. */
export function createOptions(): DemoOptions {
  const folders = { out: createFolder(), temporaryFolder: createFolder() };
  return { ...folders, ...TOKYO, json: false };
}
