import type { Restoration, StoredObject } from './bucket';

/** Hours until an object can be read after a request of the tier Standard, by storage class. */
const RESTORE_HOURS: Readonly<Record<string, number>> = { GLACIER: 5, DEEP_ARCHIVE: 12 };

export function getStorageClass({ headers }: Pick<StoredObject, 'headers'>): string {
  return headers['x-amz-storage-class'] ?? 'STANDARD';
}

/** Returns the hours that a restoration takes; `undefined`: objects of the storage class can be read. */
export function getRestoreHours(object: StoredObject): number | undefined {
  return RESTORE_HOURS[getStorageClass(object)];
}

/** Returns the restoration that is in progress or has made the object readable. */
export function findRestoration({ restoration }: StoredObject, now: number): Restoration | undefined {
  return restoration && now < restoration.expiresAt ? restoration : undefined;
}

export function isReadable(object: StoredObject, now: number): boolean {
  const restoration = findRestoration(object, now);
  return getRestoreHours(object) === undefined || (restoration !== undefined && restoration.readyAt <= now);
}
