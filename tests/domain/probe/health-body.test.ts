import { describe, expect, it } from 'vitest'
import { concludeFindings } from '../../../lib/domain/probe/finding.ts'
import { assertHealthBody } from '../../../lib/domain/probe/health-body.ts'

const read = (document: unknown) => concludeFindings(assertHealthBody(document, []), 'fine')

describe('health bodies', () => {
  it.each(['healthy', 'ok', 'OK', 'pass', 'up', 'UP', ' success '])('%j is up', (status) => {
    expect(read({ status })).toMatchObject({ verdict: 'up' })
  })

  it.each(['degraded', 'warn', 'warning', 'partial'])('%j is degraded', (status) => {
    expect(read({ status })).toMatchObject({ verdict: 'degraded', cause: 'health_degraded' })
  })

  it.each(['error', 'unhealthy', 'DOWN', 'fail', 'critical'])('%j is down', (status) => {
    expect(read({ status })).toMatchObject({ verdict: 'down', cause: 'assertion' })
  })

  it.each<[string, unknown]>([
    ['text', { database: 'error', cache: 'ok' }],
    ['booleans', { database: false, cache: true }],
    ['objects', { database: { status: 'error', latencyMs: 3 }, cache: { status: 'ok' } }],
    [
      'lists per name, as in health+json',
      { database: [{ status: 'pass' }, { status: 'fail' }], cache: [{ status: 'pass' }] },
    ],
    [
      'a list',
      [
        { name: 'database', status: 'down' },
        { name: 'cache', status: 'up' },
      ],
    ],
  ])('names the failing check when checks are %s', (_form, checks) => {
    const result = read({ status: 'degraded', checks })
    expect(result.failures.map((failure) => failure.subject)).toEqual(['health status', 'check database'])
    expect(result.verdict).toBe('degraded')
  })

  it('a failing check under a healthy status is degraded', () => {
    expect(read({ status: 'healthy', checks: { database: 'error' } })).toMatchObject({
      verdict: 'degraded',
      cause: 'health_degraded',
      message: 'check database is "error"',
    })
  })

  it('Spring Boot components are checks too', () => {
    expect(read({ status: 'DOWN', components: { db: { status: 'DOWN' }, disk: { status: 'UP' } } }).message).toBe(
      'reports its health as "DOWN"; check db is "DOWN"',
    )
  })

  it.each<[unknown]>([
    [null],
    ['error'],
    [[{ status: 'error' }]],
    [{}],
    [{ status: 'pending', id: 3 }],
    [{ status: false }],
    [{ status: 500 }],
    [{ status: { code: 'error' } }],
    [{ error: 'error' }],
    [{ status: 'healthy', checks: 'error' }],
    [{ status: 'healthy', checks: { region: 'eu', uptime: 3, note: null } }],
  ])('%j is no complaint', (document) => {
    expect(read(document).verdict).toBe('up')
  })
})
