import type { Socket } from 'node:net'
import { isIP } from 'node:net'
import tls from 'node:tls'
import type { Certificate, Phases } from '../../domain/probe/outcome.ts'
import type { Deadline } from './deadline.ts'
import { classifyError, isNetFailure, type NetFailure } from './net-failure.ts'
import { addPhase } from './open-connection.ts'

/** One context for all probes: building one loads the root store. It keeps no sessions, so every handshake is a full one. */
const trustStore = new Map<string, tls.SecureContext>()

export interface TlsSession {
  socket: tls.TLSSocket
  certificate: Certificate
}

/**
 * Shakes hands over a connected socket and reads the chain. Trust is reported in `certificate.trustError`, not enforced,
 * so that the expiry of an untrusted chain is known too: the caller must look before it sends anything.
 * `ca` replaces the root store (PEM); it exists for operators with a private authority and for tests.
 */
export async function startTls(
  socket: Socket,
  options: { host: string; alpn: string[]; ca: string | undefined },
  deadline: Deadline,
  phases: Phases,
): Promise<TlsSession | NetFailure> {
  const startedMs = performance.now()
  const session = await deadline.run<TlsSession>((settle) => {
    deadline.replace(socket, handshake(socket, options, settle))
  })
  if (!isNetFailure(session)) addPhase(phases, 'tls', performance.now() - startedMs)
  return session
}

function handshake(
  socket: Socket,
  { host, alpn, ca }: { host: string; alpn: string[]; ca: string | undefined },
  settle: (value: TlsSession | NetFailure) => void,
): tls.TLSSocket {
  const secured = tls.connect({
    socket,
    host,
    // RFC 6066: server names are names, an address must not be sent as one.
    ...(isIP(host) === 0 ? { servername: host } : {}),
    ...(alpn.length > 0 ? { ALPNProtocols: alpn } : {}),
    rejectUnauthorized: false,
    secureContext: contextFor(ca),
  })
  secured.on('error', (error) => settle(classifyError(error, host)))
  secured.once('close', () => settle(classifyError({ code: 'ECONNRESET' }, host)))
  secured.once('secureConnect', () => settle({ socket: secured, certificate: readCertificate(secured) }))
  return secured
}

function contextFor(ca: string | undefined): tls.SecureContext {
  const key = ca ?? ''
  const known = trustStore.get(key)
  if (known !== undefined) return known
  const context = tls.createSecureContext(ca === undefined ? {} : { ca })
  trustStore.set(key, context)
  return context
}

/** Earliest end over the chain, as blackbox_exporter's probe_ssl_earliest_cert_expiry. A root is its own issuer: stop there. */
function readCertificate(socket: tls.TLSSocket): Certificate {
  const leaf = socket.getPeerCertificate(true)
  let expiresAt = Number.POSITIVE_INFINITY
  const seen = new Set<string>()
  for (
    let link: tls.DetailedPeerCertificate | undefined = leaf;
    link?.valid_to !== undefined;
    link = link.issuerCertificate
  ) {
    if (seen.has(link.fingerprint256)) break
    seen.add(link.fingerprint256)
    expiresAt = Math.min(expiresAt, Date.parse(link.valid_to))
  }
  return {
    // A peer without a certificate (an anonymous cipher suite) has none that could expire; its trust error says so.
    expiresAt: Number.isFinite(expiresAt) ? expiresAt : 0,
    subject: nameOf(leaf.subject),
    issuer: nameOf(leaf.issuer),
    trustError: socket.authorized ? null : String(socket.authorizationError ?? 'not authorized'),
  }
}

function nameOf(name: tls.Certificate | undefined): string {
  const text = name?.CN ?? name?.O ?? ''
  return Array.isArray(text) ? text.join(', ') : text
}
