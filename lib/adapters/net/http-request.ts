import type { OutgoingHttpHeaders } from 'node:http'
import type { HttpConfig, MonitorSecrets } from '../../domain/monitor/config.ts'
import type { HttpMessage } from './exchange-http.ts'

export const USER_AGENT = 'Vigie/0.1'

/** Configured in the open, but credentials by their nature: they stay with the first origin as the secret ones do. */
const CREDENTIAL_HEADERS = new Set(['authorization', 'cookie', 'proxy-authorization', 'host'])

/**
 * The first request of a probe. Secret headers win over signed-in fields, those over open headers. Compression is not asked for:
 * it would cost more CPU than the rest of the probe; a target that compresses anyway is understood.
 */
export function firstMessage(
  config: Pick<HttpConfig, 'url' | 'method' | 'headers' | 'body'>,
  secrets: MonitorSecrets,
): HttpMessage {
  const headers: OutgoingHttpHeaders = { 'user-agent': USER_AGENT, accept: '*/*' }
  for (const name in config.headers) headers[name.toLowerCase()] = config.headers[name]
  const authorization = authorizationOf(secrets)
  if (authorization !== null) headers.authorization = authorization
  for (const name in secrets.headers) headers[name.toLowerCase()] = secrets.headers[name]
  const body = config.method === 'GET' || config.method === 'HEAD' ? undefined : config.body
  if (body !== undefined) {
    headers['content-length'] = Buffer.byteLength(body)
    headers['content-type'] ??= /^\s*[{[]/.test(body) ? 'application/json' : 'text/plain; charset=utf-8'
  }
  return { url: new URL(config.url), method: config.method, headers, body }
}

function authorizationOf({ bearerToken, basicAuth }: MonitorSecrets): string | null {
  if (bearerToken !== undefined) return `Bearer ${bearerToken}`
  if (basicAuth === undefined) return null
  return `Basic ${Buffer.from(`${basicAuth.user}:${basicAuth.password}`).toString('base64')}`
}

/** Every value that no message and no excerpt may repeat, also as it looks on the wire. */
export function secretValues({ bearerToken, basicAuth, headers, password }: MonitorSecrets): string[] {
  const values = Object.values(headers ?? {})
  if (bearerToken !== undefined) values.push(bearerToken)
  if (password !== undefined) values.push(password)
  if (basicAuth !== undefined) {
    values.push(Buffer.from(`${basicAuth.user}:${basicAuth.password}`).toString('base64'), basicAuth.password)
  }
  return values
}

/**
 * The request that follows a redirect, by the rules of the Fetch standard (HTTP-redirect fetch): 303 turns into GET, as do 301
 * and 302 after POST; 307 and 308 repeat method and body. On another origin, scheme and port included, credentials
 * and secret headers are dropped, and stay dropped when a later hop leads back.
 */
export function nextMessage(from: HttpMessage, to: URL, statusCode: number, secrets: MonitorSecrets): HttpMessage {
  const headers = { ...from.headers }
  const becomesGet =
    (statusCode === 303 && from.method !== 'HEAD') ||
    ((statusCode === 301 || statusCode === 302) && from.method === 'POST')
  if (becomesGet) for (const name of ['content-length', 'content-type', 'content-encoding']) delete headers[name]
  if (to.origin !== from.url.origin) {
    const secretNames = new Set(Object.keys(secrets.headers ?? {}).map((name) => name.toLowerCase()))
    for (const name of Object.keys(headers))
      if (CREDENTIAL_HEADERS.has(name) || secretNames.has(name)) delete headers[name]
  }
  return {
    url: to,
    method: becomesGet ? 'GET' : from.method,
    headers,
    body: becomesGet ? undefined : from.body,
  }
}
