import type { Clients } from '@log-archiver/aws-clients/create-clients';
import { listObjects } from '@log-archiver/aws-clients/list-objects';
import type { ExportTask } from '@log-archiver/core';

/** Maximum number of names in memory: 100 MB of the function's 512, with the longest names. */
const MAX_NAMES = 100_000;

/** Folders of an export task, one per log stream: `<destinationPrefix>/<taskId>/<log stream>/000000.gz`. */
export class ExportedFolders {
  public readonly prefix: string;
  private readonly s3BucketName: string;
  /** Names that this invocation has seen. */
  private readonly names = new Set<string>();

  constructor(
    private readonly s3: Clients['s3'],
    { s3BucketName, destinationPrefix, taskId }: ExportTask,
  ) {
    this.s3BucketName = s3BucketName;
    this.prefix = `${destinationPrefix}/${taskId}/`;
  }

  /** Remembers the folder of an object, whose name begins with the folder. */
  public see(objectName: string) {
    if (this.names.size < MAX_NAMES) {
      this.names.add(objectName.slice(0, Math.max(0, objectName.lastIndexOf('/'))));
    }
  }

  /** Whether the task wrote objects for a log stream. Asks S3 about a folder that this invocation has not seen. */
  public async has(logStreamName: string): Promise<boolean> {
    return this.names.has(toFolder(logStreamName)) || (await this.countObjects(logStreamName, 1)) > 0;
  }

  /** Counts the objects in the folder of a log stream, up to a limit. Asks S3. */
  public async countObjects(logStreamName: string, limit: number): Promise<number> {
    const prefix = `${this.prefix}${toFolder(logStreamName)}/`;
    const { objects } = await listObjects(this.s3, this.s3BucketName, prefix, { limit });
    return objects.length;
  }
}

/** Returns the name of a log stream's folder. Log streams such as `web/1` and `web-1` share one. */
export function toFolder(logStreamName: string): string {
  return logStreamName.replaceAll('/', '-');
}
