/** Where the query of a KPI runs, and as whom. The whole of it is a secret: it holds the password. */
export interface DatabaseConnection {
  host: string
  port: number
  user: string
  password: string
  database: string
  /** `require` encrypts without checking the chain, as libpq's `sslmode` does; `verify` checks chain and name first. */
  tls: 'disable' | 'require' | 'verify'
}

export type ParsedConnection =
  | { ok: true; connection: DatabaseConnection }
  /** `message` is the end of a sentence, "must …", and never holds what was given: that has a password in it. */
  | { ok: false; message: string }

const TLS_MODES: Record<string, DatabaseConnection['tls']> = {
  disable: 'disable',
  require: 'require',
  'verify-ca': 'verify',
  'verify-full': 'verify',
}

const DEFAULT_PORT = 5432
const EXAMPLE = 'postgres://vigie_reader:password@db.example.com:5432/postgres?sslmode=require'

/**
 * Reads a connection string as PostgreSQL writes them (manual, "Connection URIs"). Encrypted unless it says `sslmode=disable`; modes that
 * fall back to plain text when the other side would like that are refused. Other parameters are the business of other clients.
 */
export function parseConnection(text: string): ParsedConnection {
  const given = text.trim()
  const wrong = (message: string): ParsedConnection => ({ ok: false, message })
  if (!URL.canParse(given) || !/^postgres(ql)?:\/\//.test(given)) return wrong(`must look like ${EXAMPLE}`)
  const url = new URL(given)
  if (url.hostname === '' || url.searchParams.has('host')) return wrong('must name a host between @ and /')
  if (url.username === '') return wrong('must name a user before the password, best one that can only read')
  const mode = url.searchParams.get('sslmode')
  const tls = mode === null ? 'require' : TLS_MODES[mode]
  if (tls === undefined) return wrong(`must have an sslmode of ${Object.keys(TLS_MODES).join(', ')}`)
  const parts = [url.hostname, url.username, url.password, url.pathname.slice(1)].map(decode)
  const [host, user, password, database] = parts
  if (host == null || user == null || password == null || database == null)
    return wrong('must write special characters as % and two hexadecimal digits')
  const port = url.port === '' ? DEFAULT_PORT : Number(url.port)
  return { ok: true, connection: { host: unbracket(host), port, user, password, database: database || user, tls } }
}

function decode(part: string): string | null {
  try {
    return decodeURIComponent(part)
  } catch {
    return null
  }
}

/** A URL writes an IPv6 address in brackets. */
function unbracket(host: string): string {
  return host.startsWith('[') ? host.slice(1, -1) : host
}
