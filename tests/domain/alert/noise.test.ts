import { expect, test } from 'vitest'
import { type NoiseFacts, scoreNoise } from '../../../lib/domain/alert/noise.ts'
import { MINUTE } from '../../../lib/domain/time/instant.ts'

const AT = Date.UTC(2026, 10, 23, 9)

/** An alert of so many minutes; null is still open. */
function alert(minutes: number | null, changes: Partial<NoiseFacts> = {}): NoiseFacts {
  const resolvedAt = minutes === null ? null : AT + minutes * MINUTE
  return { startedAt: AT, resolvedAt, acknowledgedAt: null, pages: 1, atNight: false, ...changes }
}
const acknowledgedAt = AT + MINUTE

test.each<[string, NoiseFacts[], number | null]>([
  ['no alert at all says nothing', [], null],
  ['over in under five minutes, and nobody did anything: noise', [alert(4.99)], 100],
  ['five minutes are long enough to say nothing', [alert(5)], null],
  ['still open says nothing', [alert(null)], null],
  ['acknowledged is worth it, however short', [alert(1, { acknowledgedAt })], 0],
  ['what paged nobody disturbed nobody', [alert(1, { pages: 0 })], null],
  ['three of four', [alert(1), alert(2), alert(3), alert(30, { acknowledgedAt }), alert(60)], 75],
  ['a third, rounded', [alert(1), alert(9, { acknowledgedAt }), alert(9, { acknowledgedAt })], 33],
])('%s', (_name, alerts, score) => {
  expect(scoreNoise(alerts).score).toBe(score)
})

test('the score comes with what it was made of', () => {
  const alerts = [
    alert(1, { pages: 2, atNight: true }),
    alert(2),
    alert(9, { acknowledgedAt }),
    alert(60),
    alert(1, { pages: 0 }),
  ]
  expect(scoreNoise(alerts)).toEqual({
    score: 67,
    pages: 5,
    acknowledged: 1,
    selfHealed: 2,
    reason: '5 pages for 4 alerts: 1 acknowledged, 2 over by themselves in under 5 min, 1 of them at night; 1 neither',
  })
  expect(scoreNoise([]).reason).toBe('nobody was paged')
})
