import { GetObjectCommand, PutObjectCommand, type S3Client, S3ServiceException } from '@aws-sdk/client-s3';

/** Writes an object unless there is one, and answers what is there then: of two runs the first is right. */
export async function writeOnce<T>(s3: S3Client, s3BucketName: string, key: string, content: T): Promise<T> {
  try {
    await s3.send(
      new PutObjectCommand({
        Bucket: s3BucketName,
        Key: key,
        Body: `${JSON.stringify(content, undefined, 2)}\n`,
        ContentType: 'application/json',
        IfNoneMatch: '*',
      }),
    );
    return content;
  } catch (error) {
    if (error instanceof S3ServiceException && error.$metadata.httpStatusCode === 412) {
      return readJson<T>(s3, s3BucketName, key);
    }
    throw error;
  }
}

/** What `writeOnce` wrote. */
export async function readJson<T>(s3: S3Client, s3BucketName: string, key: string): Promise<T> {
  const { Body } = await s3.send(new GetObjectCommand({ Bucket: s3BucketName, Key: key }));
  const text = (await Body?.transformToString()) ?? '';
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Error(`s3://${s3BucketName}/${key} is no JSON: ${(error as Error).message}`);
  }
}
