import { HOUR, type Instant, SECOND, toIso } from '../../domain/time/instant.ts'
import { type Destination, send } from './send.ts'

export interface Release {
  commit: string
  message: string
  at: Instant
  buildMs: number
  status: 'succeeded' | 'failed'
}

const MESSAGES = [
  'Show stock on product pages',
  'Cache the start page',
  'Round prices half up',
  'Update dependencies',
  'Ask for the country first',
]
const EVERY_MS = 5 * HOUR

/** What the shop's team had released in a span: every few hours, now and then something that does not build. */
export function releasesBetween(from: Instant, until: Instant): Release[] {
  const first = Math.ceil(from / EVERY_MS)
  const count = Math.max(0, Math.floor(until / EVERY_MS) - first + 1)
  return Array.from({ length: count }, (_, index) => {
    const number = first + index
    return {
      commit: commitOf(number),
      message: MESSAGES[number % MESSAGES.length] ?? '',
      at: number * EVERY_MS,
      buildMs: (38 + (number % 4) * 9) * SECOND,
      status: number % 4 === 1 ? 'failed' : 'succeeded',
    }
  })
}

/** The release that breaks the shop, or the one that takes it back. */
export function releaseThat(breaks: boolean, at: Instant): Release {
  const message = breaks
    ? 'Open a database connection for each request'
    : 'Take back: Open a database connection for each request'
  return { commit: commitOf(Math.floor(at / SECOND)), message, at, buildMs: 41 * SECOND, status: 'succeeded' }
}

/** Tells of releases as a build server would: once when the build begins, once when it ends. */
export async function tellReleases(destination: Destination, releases: readonly Release[]): Promise<void> {
  for (const { commit, message, at, buildMs, status } of releases) {
    const deployment = {
      id: `demo-${commit}`,
      service: 'shop',
      environment: 'production',
      branch: 'main',
      commit,
      message,
    }
    for (const part of [
      { ...deployment, status: 'building', at: toIso(at - buildMs) },
      { ...deployment, status, at: toIso(at) },
    ]) {
      await send(destination, '/api/v1/deployments', 'application/json', JSON.stringify(part))
    }
  }
}

function commitOf(number: number): string {
  return (Math.imul(number, 0x9e3779b1) >>> 0).toString(16).padStart(8, '0')
}
