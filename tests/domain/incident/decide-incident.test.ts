import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Move } from '../../../lib/domain/alert/decide-move.ts'
import {
  decideIncident,
  type IncidentFacts,
  needsSharedIncident,
} from '../../../lib/domain/incident/decide-incident.ts'
import { MINUTE } from '../../../lib/domain/time/instant.ts'

const NOW = Date.UTC(2026, 10, 23, 9)

function incident(changes: Partial<IncidentFacts> = {}): IncidentFacts {
  return {
    id: 'incident',
    number: 7,
    status: 'triggered',
    priority: 'P1',
    episode: 0,
    flapping: false,
    title: 'api is down',
    startedAt: NOW - 30 * MINUTE,
    resolvedAt: null,
    resolvedBy: null,
    ...changes,
  }
}
const resolved = (minutesAgo: number) =>
  incident({ status: 'resolved', resolvedAt: NOW - minutesAgo * MINUTE, resolvedBy: 'vigie' })

function move(from: Move['from'], to: Move['to'], flapping: Move['flapping'] = 'none'): Move {
  const rank = { pending: 0, up: 0, degraded: 1, down: 2 }
  const turned = rank[to] > rank[from] ? 'worse' : rank[to] < rank[from] ? 'better' : null
  return { from, to, turned, flapping, state: to, sinceAt: NOW, downStartsAt: [], flappingSince: null }
}

test.each([
  ['a first failure opens', move('up', 'down'), null, 60, 'open'],
  ['a degradation opens nothing', move('up', 'degraded'), null, 60, 'none'],
  ['a degradation that gets worse opens', move('degraded', 'down'), null, 60, 'open'],
  ['a failure while one is open goes on with it', move('up', 'down'), incident(), 60, 'continue'],
  ['also when somebody has acknowledged it', move('up', 'down'), incident({ status: 'acknowledged' }), 60, 'continue'],
  ['a failure within five minutes of the end re-opens', move('up', 'down'), resolved(5), 60, 'reopen'],
  ['a later one opens a new one', move('up', 'down'), resolved(5.1), 60, 'open'],
  ['a slow monitor re-opens within three of its intervals', move('up', 'down'), resolved(30), 600, 'reopen'],
  ['and not after them', move('up', 'down'), resolved(30.1), 600, 'open'],
  ['a recovery resolves', move('down', 'up'), incident(), 60, 'resolve'],
  ['an acknowledged one as well', move('down', 'up'), incident({ status: 'acknowledged' }), 60, 'resolve'],
  ['so does an answer that is merely slow', move('down', 'degraded'), incident(), 60, 'resolve'],
  ['a recovery after somebody resolved it by hand changes nothing', move('down', 'up'), resolved(1), 60, 'none'],
  ['a recovery while flapping leaves it open', move('down', 'up', 'ongoing'), incident(), 60, 'continue'],
  ['a failure while flapping goes on with it', move('up', 'down', 'ongoing'), incident(), 60, 'continue'],
  ['the turn that begins the flapping is told', move('up', 'down', 'started'), resolved(1), 60, 'reopen'],
  ['staying up until it is stable resolves', move('up', 'up', 'stabilised'), incident(), 60, 'resolve'],
  ['with nothing open there is nothing to resolve', move('up', 'up', 'stabilised'), resolved(1), 60, 'none'],
  ['staying down changes nothing', move('down', 'down'), incident(), 60, 'none'],
  ['staying up changes nothing', move('up', 'up'), null, 60, 'none'],
] as const)('%s', (_title, turn, last, intervalSeconds, op) => {
  expect(decideIncident(turn, last, NOW, intervalSeconds).op).toBe(op)
})

test('each re-opening is an episode of its own, so that it is told again', () => {
  const decision = decideIncident(move('up', 'down'), { ...resolved(1), episode: 3 }, NOW, 60)
  expect(decision).toMatchObject({ op: 'reopen', page: true, episode: 4, incident: { number: 7 } })
})

test('a failure pages when nothing is open, and only then; every decision that does anything says why', () => {
  const states = fc.constantFrom<Move['from']>('pending', 'up', 'degraded', 'down')
  const flapping = fc.constantFrom<Move['flapping']>('none', 'started', 'ongoing', 'stabilised')
  const last = fc.constantFrom(null, incident(), incident({ status: 'acknowledged' }), resolved(1), resolved(90))
  fc.assert(
    fc.property(states, states, flapping, last, (from, to, swing, before) => {
      const turn = move(from, to, swing)
      const decision = decideIncident(turn, before, NOW, 60)
      const isOpen = before !== null && before.status !== 'resolved'
      const pages = decision.op === 'open' || decision.op === 'reopen'
      if (swing !== 'stabilised') expect(pages).toBe(turn.turned === 'worse' && to === 'down' && !isOpen)
      if (decision.op !== 'none') expect(decision.reason).not.toBe('')
    }),
  )
})

test.each([
  ['one of many opens a new one, however recent its own', resolved(1), 'open'],
  ['one of many whose own is still open stays with it', incident(), 'continue'],
] as const)('%s', (_title, last, op) => {
  expect(decideIncident(move('up', 'down'), last, NOW, 60, true).op).toBe(op)
})

test.each([
  ['no incidents before', [null, null, null], true],
  ['different ones', [{ id: 'a' }, { id: 'b' }], true],
  ['one that only some were part of', [{ id: 'a' }, { id: 'a' }, null], true],
  ['the same one for all', [{ id: 'a' }, { id: 'a' }, { id: 'a' }], false],
  ['nobody else', [null], false],
] as const)('monitors that fail together after %s: a shared new incident is %s', (_title, lastIncidents, isNeeded) => {
  expect(needsSharedIncident(lastIncidents)).toBe(isNeeded)
})
