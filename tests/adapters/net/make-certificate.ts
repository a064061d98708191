import { generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto'
import { isIPv4 } from 'node:net'
import type { Instant } from '../../../lib/domain/time/instant.ts'

/**
 * X.509 certificates made at test time (RFC 5280, DER by hand). A machine with Node alone has no `openssl` command, and the packages
 * that could do it bring hundreds of kilobytes for these sixty lines.
 */
export interface IssuedCertificate {
  cert: string
  key: string
  name: string
  privateKey: KeyObject
}

interface CertificateRequest {
  name: string
  /** Absent for a self-signed one. */
  issuer?: IssuedCertificate
  isAuthority?: boolean
  /** DNS names and IPv4 addresses. */
  altNames?: string[]
  notBefore?: Instant
  notAfter: Instant
}

const ECDSA_SHA256 = sequence(oid(0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02))
const BACKDATE_MS = 86_400_000

export function issueCertificate(request: CertificateRequest): IssuedCertificate {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const notBefore = request.notBefore ?? Math.min(Date.now(), request.notAfter) - BACKDATE_MS
  const toSign = sequence(
    der(0xa0, der(0x02, Buffer.from([2]))),
    der(0x02, Buffer.concat([Buffer.from([0x01]), randomBytes(15)])),
    ECDSA_SHA256,
    commonName(request.issuer?.name ?? request.name),
    sequence(utcTime(notBefore), utcTime(request.notAfter)),
    commonName(request.name),
    publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, sequence(...extensions(request))),
  )
  const signature = sign('sha256', toSign, request.issuer?.privateKey ?? privateKey)
  const body = sequence(toSign, ECDSA_SHA256, der(0x03, Buffer.from([0]), signature)).toString('base64')
  return {
    cert: `-----BEGIN CERTIFICATE-----\n${body.match(/.{1,64}/g)?.join('\n')}\n-----END CERTIFICATE-----\n`,
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    name: request.name,
    privateKey,
  }
}

function extensions({ isAuthority, altNames = [] }: CertificateRequest): Buffer[] {
  const constraints = sequence(
    oid(0x55, 0x1d, 0x13),
    der(0x01, Buffer.from([0xff])),
    der(0x04, isAuthority ? sequence(der(0x01, Buffer.from([0xff]))) : sequence()),
  )
  if (altNames.length === 0) return [constraints]
  const names = altNames.map((name) =>
    isIPv4(name) ? der(0x87, Buffer.from(name.split('.').map(Number))) : der(0x82, Buffer.from(name)),
  )
  return [constraints, sequence(oid(0x55, 0x1d, 0x11), der(0x04, sequence(...names)))]
}

function der(tag: number, ...contents: Uint8Array[]): Buffer {
  const content = Buffer.concat(contents)
  const { length } = content
  const size = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 255]
  return Buffer.concat([Buffer.from([tag, ...size]), content])
}

function sequence(...contents: Uint8Array[]): Buffer {
  return der(0x30, ...contents)
}

function oid(...bytes: number[]): Buffer {
  return der(0x06, Buffer.from(bytes))
}

function commonName(name: string): Buffer {
  return sequence(der(0x31, sequence(oid(0x55, 0x04, 0x03), der(0x0c, Buffer.from(name)))))
}

function utcTime(at: Instant): Buffer {
  return der(0x17, Buffer.from(`${new Date(at).toISOString().replace(/[-:T]/g, '').slice(2, 14)}Z`))
}
