import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { AwsError } from '../protocol/aws-error';

/** A key pair in KMS. */
export interface SigningKey {
  readonly arn: string;
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
}

/** Keys of AWS KMS with KeyUsage SIGN_VERIFY and KeySpec ECC_NIST_P256, by ARN. Key pairs are random. */
export class Keys {
  private readonly keys = new Map<string, SigningKey>();

  constructor(
    private readonly region: string,
    private readonly accountId: string,
  ) {}

  /** Creates a key pair for a key ID, and returns the ARN of the key. */
  public create(keyId: string): string {
    const arn = this.toArn(keyId);
    if (!this.keys.has(arn)) {
      this.keys.set(arn, { arn, ...generateKeyPairSync('ec', { namedCurve: 'P-256' }) });
    }
    return arn;
  }

  /** Returns a key by its ID or ARN. */
  public get(keyId: string): SigningKey {
    const arn = this.toArn(keyId);
    const key = this.keys.get(arn);
    if (!key) {
      throw new AwsError('NotFoundException', `Key '${arn}' does not exist`);
    }
    return key;
  }

  public toArn(keyId: string): string {
    return keyId.startsWith('arn:') ? keyId : `arn:aws:kms:${this.region}:${this.accountId}:key/${keyId}`;
  }
}
