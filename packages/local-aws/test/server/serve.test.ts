import { once } from 'node:events';
import { request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import { CreateLogGroupCommand, DescribeQueriesCommand } from '@aws-sdk/client-cloudwatch-logs';
import { lostAnswer, realTime, refuses, serveLogs } from '../../src';
import { localAwsOnDisk } from '../local-aws-on-disk';
import { closeServers, NOW, servedLocalAws } from '../served-local-aws';

afterEach(closeServers);

const TARGET = 'Logs_20140328.CreateLogGroup';

async function post(endpoint: string, body: string, headers: Record<string, string> = {}) {
  const response = await fetch(endpoint, { method: 'POST', body, headers });
  return { status: response.status, type: response.headers.get('content-type'), text: await response.text() };
}

describe('CloudWatch Logs over HTTP', () => {
  it('listens only on loopback', async () => {
    const { endpoint } = await servedLocalAws();
    expect(endpoint).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  });

  it('rejects an unsupported operation by name', async () => {
    const { client } = await servedLocalAws();
    await expect(client.send(new DescribeQueriesCommand({}))).rejects.toMatchObject({
      name: 'UnknownOperationException',
      message: 'local-aws does not support the operation DescribeQueries',
      $metadata: { httpStatusCode: 400 },
    });
  });

  it.each([
    [
      'names another service',
      { 'x-amz-target': 'DynamoDB_20120810.CreateLogGroup' },
      400,
      '{"__type":"UnknownOperationException","message":"local-aws does not support the operation DynamoDB_20120810.CreateLogGroup"}',
    ],
    ['names no operation', {}, 404, '<UnknownOperationException/>\n'],
  ])('rejects a request that %s', async (_, headers, status, text) => {
    const { endpoint } = await servedLocalAws();
    expect(await post(endpoint, '{}', headers as Record<string, string>)).toMatchObject({ status, text });
  });

  it('rejects a request that names its operation in the body', async () => {
    const { endpoint } = await servedLocalAws();
    expect(await post(endpoint, 'Action=GetSessionToken&Version=2011-06-15')).toEqual({
      status: 400,
      type: 'application/xml',
      text: '<ErrorResponse><Error><Type>Sender</Type><Code>UnknownOperationException</Code><Message>local-aws does not support the operation GetSessionToken</Message></Error></ErrorResponse>\n',
    });
  });

  it('accepts keys with the segments . and ..', async () => {
    const { aws, endpoint } = await servedLocalAws();
    const { port } = new URL(endpoint);
    const request = httpRequest({ port, host: '127.0.0.1', method: 'PUT', path: '/archive/a/../b/./c' });
    request.end('x');
    await once(request, 'response');
    expect(aws.buckets.listObjects('archive')).toEqual(['a/../b/./c']);
  });

  it.each(['{"logGroupName', 'null', '"/shop"'])('rejects the body %s with a SerializationException', async (body) => {
    const { endpoint } = await servedLocalAws();
    expect(await post(endpoint, body, { 'x-amz-target': TARGET })).toEqual({
      status: 400,
      type: 'application/x-amz-json-1.1',
      text: '{"__type":"SerializationException"}',
    });
  });

  it('executes a call whose answer is lost, and closes the connection', async () => {
    const { aws, client } = await servedLocalAws();
    aws.faults.injectNext('CreateLogGroup', lostAnswer);
    await expect(client.send(new CreateLogGroupCommand({ logGroupName: '/lost' }))).rejects.toThrow('socket hang up');
    expect(aws.logs.logGroups.has('/lost')).toBe(true);
  });

  it('answers with injected errors, and records the calls', async () => {
    const { aws, client } = await servedLocalAws();
    aws.faults.injectNext('CreateLogGroup', refuses('ThrottlingException', 'Rate exceeded'));
    await expect(client.send(new CreateLogGroupCommand({ logGroupName: '/shop' }))).rejects.toMatchObject({
      name: 'ThrottlingException',
      message: 'Rate exceeded',
    });
    await client.send(new CreateLogGroupCommand({ logGroupName: '/shop' }));
    const call = { at: NOW, operation: 'CreateLogGroup', input: { logGroupName: '/shop' } };
    expect(aws.requestHandler.calls).toEqual([{ ...call, error: 'ThrottlingException' }, call]);
  });
});

describe('a closed server', () => {
  it('closes an idle and an unanswered connection, and no longer listens', async () => {
    const { aws } = localAwsOnDisk();
    const { endpoint, close } = await serveLogs({ requestHandler: aws.requestHandler, clock: aws.clock });
    const port = Number(endpoint.split(':')[2]);
    const idle = connect(port, '127.0.0.1');
    const received = new Promise<void>((called) => {
      aws.faults.injectNext('CreateLogGroup', () => {
        called();
        return new Promise(() => {});
      });
    });
    const unanswered = post(endpoint, '{}', { 'x-amz-target': TARGET }).catch(() => 'closed');
    await Promise.all([once(idle, 'connect'), received]);
    await Promise.all([close(), once(idle, 'close')]);
    expect(await unanswered).toBe('closed');
    await expect(once(connect(port, '127.0.0.1'), 'connect')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });
});

describe('the clock over HTTP', () => {
  it('returns and moves virtual time', async () => {
    const { endpoint } = await servedLocalAws();
    expect(await (await fetch(`${endpoint}/_clock`)).json()).toEqual({ now: NOW });
    const moved = await post(`${endpoint}/_clock`, '{"moveTo": "2026-11-02T03:00:01+09:00"}');
    expect(moved).toMatchObject({ status: 200, text: '{"now":"2026-11-01T18:00:01.000Z"}' });
  });

  it.each([
    [
      '{"moveTo": "2026-11-02"}',
      'an instant must be formatted like 2026-11-01T18:00:00Z or 2026-11-02T03:00:00+09:00, got 2026-11-02',
    ],
    [
      '{"moveTo": "2026-11-01T17:59:59Z"}',
      'the clock must not go back from 2026-11-01T18:00:00.000Z, got 2026-11-01T17:59:59Z',
    ],
  ])('rejects %s', async (body, message) => {
    const { endpoint } = await servedLocalAws();
    expect(await post(`${endpoint}/_clock`, body)).toMatchObject({ status: 400, text: JSON.stringify({ message }) });
  });

  it('does not move real time', async () => {
    const { aws } = await servedLocalAws();
    const server = await serveLogs({ requestHandler: aws.requestHandler, clock: realTime });
    expect(await post(`${server.endpoint}/_clock`, '{"moveTo": "2026-11-02T00:00:00Z"}')).toMatchObject({
      status: 400,
      text: '{"message":"the clock is real and must not be moved; start with --virtual-time"}',
    });
    await server.close();
  });
});
