import type { IntegrationKind } from '../../lib/domain/deployment/integration.ts'

export interface WebhookAddress {
  /** Null when the address has none that could be one. */
  key: string | null
  /** What stands behind the key; empty where nothing does. */
  secret: string
}

const KEY = /^[0-9a-f]{32}$/

/**
 * What follows `/api/ingest/<kind>/`. Vercel hands a rewritten request over with its first address or with that of the function and the rest
 * in `path`; both are understood.
 */
export function readWebhookPath(url: URL, kind: IntegrationKind): WebhookAddress {
  const prefix = `/api/ingest/${kind}/`
  const rest = url.pathname.startsWith(prefix)
    ? url.pathname.slice(prefix.length)
    : (url.searchParams.get('path') ?? '')
  const [key = '', secret = '', ...more] = rest.replace(/\/$/, '').split('/')
  return KEY.test(key) && more.length === 0 ? { key, secret } : { key: null, secret: '' }
}
