import { describe, expect, it } from 'vitest'
import { evaluateSuspicion, type RunAttempt } from '../../../lib/domain/probe/suspicion.ts'

const attempt = (host: string, verdict: RunAttempt['verdict'], wasDown = false): RunAttempt => ({
  host,
  verdict,
  cause: verdict === 'down' ? 'timeout' : null,
  wasDown,
})
const hosts = (failed: number, up: number) => [
  ...Array.from({ length: failed }, (_, index) => attempt(`bad-${index}`, 'down')),
  ...Array.from({ length: up }, (_, index) => attempt(`good-${index}`, 'up')),
]

describe('the prober is doubted first', () => {
  it.each([
    [3, 0, false],
    [4, 0, true],
    [3, 1, true],
    [2, 2, false],
    [3, 2, true],
    [59, 41, false],
    [60, 40, true],
    [0, 10, false],
  ])('with %d hosts failing and %d answering: %s', (failed, up, suspect) => {
    expect(evaluateSuspicion(hosts(failed, up))).toMatchObject({
      suspect,
      failedHosts: failed,
      totalHosts: failed + up,
    })
  })

  it('many monitors of one host are one host', () => {
    expect(evaluateSuspicion(Array.from({ length: 20 }, () => attempt('one', 'down')))).toMatchObject({
      suspect: false,
      totalHosts: 1,
    })
  })

  it('a host of which one monitor answers has not failed', () => {
    const run = [...hosts(4, 0), ...hosts(4, 0).map((item) => ({ ...item, verdict: 'up' as const, cause: null }))]
    expect(evaluateSuspicion(run)).toMatchObject({ suspect: false, failedHosts: 0, totalHosts: 4 })
  })

  it('hosts that were down already neither raise nor dilute the suspicion', () => {
    const known = Array.from({ length: 10 }, (_, index) => attempt(`known-${index}`, 'down', true))
    expect(evaluateSuspicion(known)).toMatchObject({ suspect: false, totalHosts: 0 })
    expect(evaluateSuspicion([...known, ...hosts(4, 0)])).toMatchObject({
      suspect: true,
      failedHosts: 4,
      totalHosts: 4,
    })
  })

  it('degraded is an answer', () => {
    expect(evaluateSuspicion(['a', 'b', 'c', 'd'].map((host) => attempt(host, 'degraded')))).toMatchObject({
      suspect: false,
    })
  })

  it('its reason counts the hosts and names the most frequent cause', () => {
    expect(evaluateSuspicion(hosts(7, 1)).reason).toBe(
      '7 of 8 hosts failed in the same run (mostly timeout): the prober itself may be cut off, so it looks again before it pages',
    )
  })
})
