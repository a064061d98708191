import { expect, test } from 'vitest'
import { decideAlerts } from '../../../lib/domain/alert/alert-change.ts'
import type { Move } from '../../../lib/domain/alert/decide-move.ts'

const AT = Date.UTC(2026, 10, 23, 9)

function move(from: Move['from'], to: 'up' | 'degraded' | 'down'): Move {
  return { from, to, turned: null, flapping: 'none', state: to, sinceAt: AT, downStartsAt: [], flappingSince: null }
}

test.each([
  ['pending', 'up', []],
  ['up', 'up', []],
  ['down', 'down', []],
  ['up', 'down', ['fire down']],
  ['pending', 'down', ['fire down']],
  ['up', 'degraded', ['fire degraded']],
  ['pending', 'degraded', ['fire degraded']],
  ['down', 'up', ['resolve down told']],
  ['degraded', 'up', ['resolve degraded told']],
  // The outage is the news, not the end of the degradation.
  ['degraded', 'down', ['resolve degraded untold', 'fire down']],
  // "Answers again, but not well" is part of the recovery, not news of its own.
  ['down', 'degraded', ['resolve down untold']],
] as const)('from %s to %s: %j', (from, to, expected) => {
  const changes = decideAlerts(move(from, to), 'high', 'answered 503', AT)
  expect(
    changes.map((change) =>
      change.op === 'fire' ? `fire ${change.kind}` : `resolve ${change.kind} ${change.tell ? 'told' : 'untold'}`,
    ),
  ).toEqual(expected)
  for (const change of changes) expect(change.op === 'fire' ? change.startedAt : change.at).toBe(AT)
})
