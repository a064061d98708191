import type { Ping } from '../../lib/tasks/receive-ping.ts'

export type PingTarget = Pick<Ping, 'address' | 'kind' | 'exitCode'>

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i
const KEY = /^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/
const SIGNALS = { start: 'start', fail: 'fail', log: 'log' } as const

export function isUuid(text: string): boolean {
  return UUID.test(text)
}

/**
 * What follows `/ping/`. Vercel hands a rewritten request over with its first address or with that of the function and the rest in
 * `path`; both are understood.
 */
export function readPingPath(url: URL): string {
  const direct = /^\/(?:api\/)?ping\/(.+)$/.exec(url.pathname)?.[1]
  return (direct === undefined ? url.searchParams.get('path') : decode(direct)) ?? ''
}

/**
 * `<uuid>` or `<ping key>/<monitor key>`, then nothing for a success, `start`, `fail`, `log`, or the exit status of a command from 0 to
 * 255, of which 0 is a success.
 */
export function parsePingPath(path: string): PingTarget | 'not_found' | 'invalid' {
  const [first = '', ...rest] = path.replace(/\/$/, '').split('/')
  const isById = UUID.test(first)
  const [key = '', ...others] = isById ? [first, ...rest] : rest
  if (!isById && !(/^\w{8,64}$/.test(first) && KEY.test(key))) return 'not_found'
  if (others.length > 1) return 'not_found'
  const address = isById ? { id: first } : { pingKey: first, key }
  const [signal] = others
  if (signal === undefined) return { address, kind: 'success', exitCode: null }
  const word = Object.entries(SIGNALS).find(([name]) => name === signal)?.[1]
  if (word !== undefined) return { address, kind: word, exitCode: null }
  if (!/^\d+$/.test(signal)) return 'not_found'
  const exitCode = Number(signal)
  if (exitCode > 255) return 'invalid'
  return { address, kind: exitCode === 0 ? 'success' : 'fail', exitCode }
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
