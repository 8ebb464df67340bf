import { HeadObjectCommand } from '@aws-sdk/client-s3';
import { localS3 } from '../local-s3';
import { DESCRIPTION, withObject } from './with-object';

describe('HeadObject', () => {
  it('returns the headers without the object', async () => {
    const { client } = await withObject('{"a":1}');
    expect(await client.send(new HeadObjectCommand({ Bucket: 'archive', Key: 'a' }))).toMatchObject(DESCRIPTION);
  });

  it('returns only a status if the object does not exist', async () => {
    const { aws, client } = localS3();
    const refused = client.send(new HeadObjectCommand({ Bucket: 'archive', Key: 'b' }));
    await expect(refused).rejects.toMatchObject({ name: 'NotFound', $metadata: { httpStatusCode: 404 } });
    expect(aws.requestHandler.calls).toMatchObject([{ operation: 'HeadObject', error: 'NoSuchKey' }]);
    const [method, hostname] = ['HEAD', 'archive.s3.ap-northeast-1.amazonaws.com'];
    const { response } = await aws.requestHandler.handle({ method, hostname, path: '/b', headers: {} });
    expect(await response.body.toArray()).toEqual([]);
  });
});
