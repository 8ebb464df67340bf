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
    const name = logStreamName.replaceAll('/', '-');
    if (this.names.has(name)) {
      return true;
    }
    const { objects } = await listObjects(this.s3, this.s3BucketName, `${this.prefix}${name}/`, { limit: 1 });
    return objects.length > 0;
  }
}
