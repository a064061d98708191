import { describe, expect, test } from 'vitest'
import { decideMute, type MuteFacts, type MuteSubject, NO_MUTES } from '../../../lib/domain/mute/decide-mute.ts'
import { parseMatcher } from '../../../lib/domain/mute/matcher.ts'
import type { Silence } from '../../../lib/domain/mute/silence.ts'
import { HOUR, MINUTE } from '../../../lib/domain/time/instant.ts'

const AT = Date.UTC(2026, 10, 23, 2)
const SUBJECT: MuteSubject = { labels: { monitor: 'api', tag: ['shop'] }, monitorKey: 'api', at: AT }

function silence(text: string, changes: Partial<Silence> = {}): Silence {
  const parsed = parseMatcher(text)
  if (!parsed.ok) throw new Error(parsed.message)
  const span = { startsAt: AT - HOUR, endsAt: AT + HOUR }
  return { id: 's', matchers: [parsed.matcher], ...span, author: 'ann', comment: '', ...changes }
}
const WINDOW = {
  name: 'Database upgrade',
  scope: { kind: 'project' as const },
  startsAt: AT - HOUR,
  endsAt: AT + HOUR,
}
const decide = (facts: Partial<MuteFacts>, subject = SUBJECT) =>
  decideMute(subject, { ...NO_MUTES, timeZone: 'Europe/Paris', ...facts })

test('nothing at all keeps nothing quiet', () => {
  expect(decide({})).toEqual({ muted: false })
})

describe('each reason says itself in words, with its end in the project’s time', () => {
  test.each<[string, Partial<MuteFacts>, string, number | null, string]>([
    [
      'silence',
      { silences: [silence('monitor=api', { comment: 'known, ticket 12' })] },
      'silenced',
      AT + HOUR,
      'muted: silenced by ann until 04:00: known, ticket 12',
    ],
    [
      'maintenance',
      { windows: [WINDOW] },
      'maintenance',
      AT + HOUR,
      "muted: maintenance 'Database upgrade' until 04:00",
    ],
    [
      'dependency',
      { downDependencies: [{ key: 'db', name: 'Database', sinceAt: AT - 5 * MINUTE }] },
      'depends_on',
      null,
      'muted: depends on Database, which is down since 02:55',
    ],
    [
      'deployment',
      { lastDeployment: { at: AT - MINUTE, name: 'shop 3f1c9a2' }, muteAfterDeployMs: 3 * MINUTE },
      'deploying',
      AT + 2 * MINUTE,
      'muted: shop 3f1c9a2 was just deployed, until 03:02',
    ],
  ])('%s', (_name, facts, code, until, reason) => {
    expect(decide(facts)).toEqual({ muted: true, code, until, reason })
  })
})

describe('what is not of the time, scope or labels keeps nothing quiet', () => {
  test.each<[string, Partial<MuteFacts>, Partial<MuteSubject>?]>([
    ['a silence of another label', { silences: [silence('monitor=web')] }],
    ['a silence that begins later', { silences: [silence('monitor=api', { startsAt: AT + 1 })] }],
    ['a silence that ended just now', { silences: [silence('monitor=api', { endsAt: AT })] }],
    ['a maintenance of another tag', { windows: [{ ...WINDOW, scope: { kind: 'tags', tags: ['blog'] } }] }],
    ['a maintenance of another monitor', { windows: [{ ...WINDOW, scope: { kind: 'monitors', keys: ['web'] } }] }],
    [
      'a maintenance of monitors, for what is of none',
      { windows: [{ ...WINDOW, scope: { kind: 'monitors', keys: ['api'] } }] },
      { monitorKey: null },
    ],
    ['a maintenance that ended just now', { windows: [{ ...WINDOW, endsAt: AT }] }],
    ['itself as a dependency', { downDependencies: [{ key: 'api', name: 'api', sinceAt: AT }] }],
    [
      'a deployment that has had its time',
      { lastDeployment: { at: AT - 3 * MINUTE, name: 'shop' }, muteAfterDeployMs: 3 * MINUTE },
    ],
    ['a deployment where none mutes', { lastDeployment: { at: AT, name: 'shop' }, muteAfterDeployMs: 0 }],
    ['a deployment to come', { lastDeployment: { at: AT + 1, name: 'shop' }, muteAfterDeployMs: HOUR }],
  ])('%s', (_name, facts, changes) => {
    expect(decide(facts, { ...SUBJECT, ...changes })).toEqual({ muted: false })
  })
})

test.each([
  ['its tag', { kind: 'tags' as const, tags: ['blog', 'shop'] }],
  ['its key', { kind: 'monitors' as const, keys: ['api'] }],
])('a maintenance reaches what has %s', (_name, scope) => {
  expect(decide({ windows: [{ ...WINDOW, scope }] })).toMatchObject({ muted: true, code: 'maintenance' })
})

test('of several that apply the one that lasts longest is named', () => {
  const later = silence('tag=shop', { endsAt: AT + 5 * HOUR, author: 'bob' })
  expect(decide({ silences: [silence('monitor=api'), later], windows: [WINDOW] })).toMatchObject({
    code: 'silenced',
    until: AT + 5 * HOUR,
    reason: 'muted: silenced by bob until 08:00',
  })
})
