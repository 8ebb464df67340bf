import { createECDH, type KeyObject } from 'node:crypto';

const CURVE = 'prime256v1';
/** Order of the group of P-256. */
const ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;

/**
 * Signs a SHA-256 digest by ECDSA on P-256. Returns the signature in DER, as `openssl dgst -sha256 -sign` does.
 *
 * `node:crypto` only signs messages, and hashes them itself.
 */
export function signDigest(privateKey: KeyObject, digest: Buffer): Buffer {
  for (;;) {
    const random = createECDH(CURVE);
    const r = toInteger(xOf(random.generateKeys())) % ORDER;
    const k = toInteger(random.getPrivateKey());
    const s = modulo(invert(k) * (toInteger(digest) + r * readPrivate(privateKey)));
    if (r !== 0n && s !== 0n) {
      return encodeSignature(r, s);
    }
  }
}

/**
 * Whether a signature in DER is that of a SHA-256 digest.
 *
 * The signer owns the private key, so one multiplication of the generator replaces the two of the public algorithm.
 */
export function isSignatureOf(privateKey: KeyObject, digest: Buffer, signature: Buffer): boolean {
  const integers = decode(signature);
  if (!integers) {
    return false;
  }
  const [r, s] = integers;
  const k = modulo(invert(s) * (toInteger(digest) + r * readPrivate(privateKey)));
  return k !== 0n && toInteger(xOf(multiply(k))) % ORDER === r;
}

/** Returns a multiple of the generator. */
function multiply(k: bigint): Buffer {
  const ecdh = createECDH(CURVE);
  ecdh.setPrivateKey(Buffer.from(k.toString(16).padStart(64, '0'), 'hex'));
  return ecdh.getPublicKey();
}

/** Returns the first coordinate of a point in uncompressed form. */
function xOf(point: Buffer): Buffer {
  return point.subarray(1, 33);
}

function readPrivate(privateKey: KeyObject): bigint {
  return toInteger(Buffer.from(privateKey.export({ format: 'jwk' }).d ?? '', 'base64url'));
}

function toInteger(bytes: Buffer): bigint {
  return BigInt(`0x${bytes.toString('hex')}`);
}

function modulo(value: bigint): bigint {
  return ((value % ORDER) + ORDER) % ORDER;
}

/** Returns the inverse modulo the order, which is a prime, by the extended Euclidean algorithm. */
function invert(value: bigint): bigint {
  let [a, b, x, y] = [modulo(value), ORDER, 1n, 0n];
  while (a > 1n) {
    const quotient = b / a;
    [a, b, x, y] = [b - quotient * a, a, y - quotient * x, x];
  }
  return modulo(x);
}

/** Encodes an integer in DER. A first byte from 0x80 would make it negative, so a zero comes before it. */
function encodeInteger(value: bigint): Buffer {
  const hex = value.toString(16);
  const bytes = Buffer.from(hex.padStart(hex.length + (hex.length % 2), '0'), 'hex');
  return encode(0x02, (bytes[0] ?? 0) >= 0x80 ? Buffer.concat([Buffer.of(0), bytes]) : bytes);
}

/** Decodes the integers `r` and `s` of a signature. Returns `undefined` if it is not one in DER. */
function decode(signature: Buffer): [bigint, bigint] | undefined {
  const length = signature[3] ?? 0;
  const r = toPositive(signature.subarray(4, 4 + length));
  const s = toPositive(signature.subarray(6 + length));
  return encodeSignature(r, s).equals(signature) && r < ORDER && s < ORDER ? [r, s] : undefined;
}

/** Converts bytes to a positive integer. Invalid bytes give another encoding than the one that was decoded. */
function toPositive(bytes: Buffer): bigint {
  return bytes.length === 0 ? 1n : toInteger(bytes) || 1n;
}

function encodeSignature(r: bigint, s: bigint): Buffer {
  return encode(0x30, Buffer.concat([encodeInteger(r), encodeInteger(s)]));
}

function encode(tag: number, content: Buffer): Buffer {
  return Buffer.concat([Buffer.of(tag, content.length), content]);
}
