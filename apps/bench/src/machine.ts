import { cpus, totalmem } from 'node:os';

/** Describes the machine, in a sentence of the document. */
export function describeMachine(): string {
  const [cpu] = cpus();
  const gigabytes = Math.round(totalmem() / 1e9);
  return `Measured with Node.js ${process.version} on ${cpus().length} × ${cpu?.model.trim()}, ${gigabytes} GB, ${process.platform} ${process.arch}.`;
}
