import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { localS3 } from '../local-s3';

/** Creates a bucket with one object, and a function that reads a range of it. */
export async function withObject(body: string) {
  const Body = Buffer.from(body);
  const { aws, client } = localS3();
  const described = { ContentType: 'application/json', ContentEncoding: 'identity', Metadata: { run: '7' } };
  await client.send(new PutObjectCommand({ Bucket: 'archive', Key: 'a', Body, ...described }));
  const get = async (Range?: string) => {
    const answer = await client.send(new GetObjectCommand({ Bucket: 'archive', Key: 'a', Range }));
    const { ContentRange, ContentLength, $metadata } = answer;
    const text = await answer.Body?.transformToString();
    return { status: $metadata.httpStatusCode, text, ContentLength, ContentRange };
  };
  return { aws, client, get };
}

/** Answer's description of an object with 7 bytes. */
export const DESCRIPTION = {
  ContentLength: 7,
  ContentType: 'application/json',
  ContentEncoding: 'identity',
  Metadata: { run: '7' },
  ETag: '"bb6cb5c68df4652941caf652a366f2d8"',
  LastModified: new Date('2026-11-01T18:00:00.000Z'),
};
