import { gunzipSync, gzipSync } from 'node:zlib';
import type { Organization } from './organization';

/**
 * Removes the first event from one object of a month, and deletes another object, as an administrator of the log-archive
 * account could.
 *
 * Object Lock prevents neither. It keeps the versions of both objects.
 */
export function changeArchive(organization: Organization, account: string, month: string) {
  const prefix = `${account}/${organization.region}/${month.replace('-', '/')}/`;
  const keys = organization.listObjects(prefix).filter((key) => key.endsWith('.gz'));
  const [replaced = '', deleted = ''] = [keys[0], keys.at(-1)];
  const [, ...events] = gunzipSync(organization.read(replaced)).toString().split('\n');
  organization.replaceObject(replaced, gzipSync(events.join('\n')));
  organization.deleteObject(deleted);
}
