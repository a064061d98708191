import type { Cause } from '../../domain/probe/outcome.ts'

/** Why something on the network did not work, classified. A value, not an exception: targets fail all the time. */
export interface NetFailure {
  failed: true
  cause: Cause
  message: string
}

export function netFailure(cause: Cause, message: string): NetFailure {
  return { failed: true, cause, message }
}

export function isNetFailure(value: object): value is NetFailure {
  return 'failed' in value
}

/** What a system error says, for people; the code follows in brackets so that it can be searched for. */
const SOCKET_ERRORS: Record<string, [cause: Cause, words: string]> = {
  ECONNREFUSED: ['tcp', 'the connection was refused'],
  ECONNRESET: ['tcp', 'the connection was closed by the other side'],
  EPIPE: ['tcp', 'the connection was closed by the other side'],
  ECONNABORTED: ['tcp', 'the connection was closed by the other side'],
  EHOSTUNREACH: ['tcp', 'there is no route to the host'],
  ENETUNREACH: ['tcp', 'there is no route to the network'],
  EADDRNOTAVAIL: ['tcp', 'the prober has no free address or port to connect from'],
  EMFILE: ['tcp', 'the prober has no free file handle to connect with'],
  ETIMEDOUT: ['timeout', 'the connection timed out'],
}

const TLS_PATTERN = /^(ERR_SSL|ERR_TLS|EPROTO|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO)/

/** Classifies what `node:net`, `node:tls`, `node:http` and `node:zlib` report. `where` names the other side. */
export function classifyError(error: unknown, where: string): NetFailure {
  const code = codeOf(error)
  const known = SOCKET_ERRORS[code]
  if (known !== undefined) return netFailure(known[0], `${where}: ${known[1]} (${code})`)
  if (TLS_PATTERN.test(code)) return netFailure('tls', `${where}: the TLS handshake failed (${reasonOf(error, code)})`)
  if (code === 'HPE_HEADER_OVERFLOW')
    return netFailure('protocol', `${where}: the response headers are too large (${code})`)
  if (code.startsWith('HPE_')) return netFailure('protocol', `${where}: the answer is not valid HTTP (${code})`)
  if (code.startsWith('ERR_INVALID_') || code === 'ERR_UNESCAPED_CHARACTERS')
    return netFailure('protocol', `${where}: the request holds a character that HTTP does not allow (${code})`)
  return netFailure('tcp', `${where}: the connection failed (${code})`)
}

/** With several addresses Node reports all attempts at once; the last is the one after which it gave up. */
function codeOf(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length > 0) return codeOf(error.errors.at(-1))
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined
  return typeof code === 'string' ? code : 'unknown error'
}

/** OpenSSL names the reason (`sslv3 alert handshake failure`) beside a code that is only a number of its own. */
function reasonOf(error: unknown, code: string): string {
  const reason = typeof error === 'object' && error !== null && 'reason' in error ? error.reason : undefined
  return typeof reason === 'string' && reason !== '' ? `${reason}, ${code}` : code
}
