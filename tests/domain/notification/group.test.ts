import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  alertsToTell,
  decideGroupNotification,
  type GroupLogEntry,
  type GroupTiming,
  logEntryOf,
} from '../../../lib/domain/notification/group.ts'
import { nextGroupRunAt, nextRepeatAt } from '../../../lib/domain/notification/group-run.ts'
import { HOUR, MINUTE, SECOND } from '../../../lib/domain/time/instant.ts'

const NOW = Date.UTC(2026, 10, 23, 9)
const TIMING: GroupTiming = {
  groupWaitMs: 30 * SECOND,
  groupIntervalMs: 5 * MINUTE,
  repeatMs: 10 * MINUTE,
  sendResolved: true,
}

function logged(firing: string[], resolved: string[], minutesAgo: number): GroupLogEntry {
  return { firing, resolved, notifiedAt: NOW - minutesAgo * MINUTE }
}

interface Case {
  title: string
  entry: GroupLogEntry | null
  firing: string[]
  resolved: string[]
  sendResolved?: boolean
  notify: boolean
  code: string
}

/** The eleven cases of `TestDedupStageNeedsUpdate` (`notify/notify_test.go` of prometheus/alertmanager), in its order. */
const CASES: Case[] = [
  {
    title: 'never told, and something fires',
    entry: null,
    firing: ['2', '3', '4'],
    resolved: [],
    notify: true,
    code: 'first',
  },
  {
    title: 'never told, and all is over',
    entry: null,
    firing: [],
    resolved: ['2', '3', '4'],
    notify: false,
    code: 'nothing_firing',
  },
  {
    title: 'another set fires',
    entry: logged(['1', '2', '3'], [], 0),
    firing: ['2', '3', '4'],
    resolved: [],
    notify: true,
    code: 'new_alerts',
  },
  {
    title: 'told at the beginning of time',
    entry: { firing: ['1', '2', '3'], resolved: [], notifiedAt: 0 },
    firing: ['1', '2', '3'],
    resolved: [],
    notify: true,
    code: 'repeat',
  },
  {
    title: 'the same set before the repeat interval',
    entry: logged(['1', '2', '3'], [], 9),
    firing: ['1', '2', '3'],
    resolved: [],
    notify: false,
    code: 'unchanged',
  },
  {
    title: 'the same set after the repeat interval',
    entry: logged(['1', '2', '3'], [], 11),
    firing: ['1', '2', '3'],
    resolved: [],
    notify: true,
    code: 'repeat',
  },
  {
    title: 'others resolved, none firing then or now',
    entry: logged([], ['1', '2', '3'], 11),
    firing: [],
    resolved: ['3', '4', '5'],
    notify: false,
    code: 'nothing_firing',
  },
  {
    title: 'one more resolved, which is not wanted',
    entry: logged(['1', '2'], ['3'], 9),
    firing: ['1'],
    resolved: ['2', '3'],
    sendResolved: false,
    notify: false,
    code: 'unchanged',
  },
  {
    title: 'one more resolved, which is wanted',
    entry: logged(['1', '2'], ['3'], 9),
    firing: ['1'],
    resolved: ['2', '3'],
    notify: true,
    code: 'some_resolved',
  },
  {
    title: 'the last resolved, which is not wanted',
    entry: logged(['1', '2'], ['3'], 9),
    firing: [],
    resolved: ['1', '2', '3'],
    sendResolved: false,
    notify: true,
    code: 'all_resolved',
  },
  {
    title: 'the last resolved, which is wanted',
    entry: logged(['1', '2'], ['3'], 9),
    firing: [],
    resolved: ['1', '2', '3'],
    notify: true,
    code: 'all_resolved',
  },
]

describe("Alertmanager's de-duplication", () => {
  test.each(CASES)('$title: $code', ({ entry, firing, resolved, sendResolved, notify, code }) => {
    const timing = { ...TIMING, sendResolved: sendResolved ?? true }
    const decision = decideGroupNotification(entry, { firing, resolved }, NOW, timing)
    expect(decision).toMatchObject({ notify, code })
    expect(decision.reason).not.toBe('')
  })

  test('after an end, the next alert is a first one', () => {
    expect(decideGroupNotification(logged([], ['1'], 1), { firing: ['1'], resolved: [] }, NOW, TIMING).code).toBe(
      'first',
    )
  })
  test('0 means that nothing is ever repeated', () => {
    const never = { ...TIMING, repeatMs: 0 }
    expect(decideGroupNotification(logged(['1'], [], 9_999), { firing: ['1'], resolved: [] }, NOW, never).notify).toBe(
      false,
    )
  })
  test('the end that is not wanted is logged, and not sent', () => {
    const group = { firing: [], resolved: ['1'] }
    expect(alertsToTell(group, { ...TIMING, sendResolved: false })).toEqual({ firing: [], resolved: [] })
    expect(logEntryOf(group, NOW)).toEqual({ firing: [], resolved: ['1'], notifiedAt: NOW })
  })
})

describe('when a group runs', () => {
  const created = { createdAt: NOW, firstStartedAt: NOW, lastRunAt: null }
  test.each([
    ['first after the wait', created, NOW + 30 * SECOND],
    [
      'at once for an alert that has fired for longer than that',
      { ...created, firstStartedAt: NOW - 31 * SECOND },
      NOW,
    ],
    [
      'after the wait for one that has fired for just as long',
      { ...created, firstStartedAt: NOW - 30 * SECOND },
      NOW + 30 * SECOND,
    ],
    ['then every interval', { ...created, lastRunAt: NOW + 30 * SECOND }, NOW + 30 * SECOND + 5 * MINUTE],
  ])('%s', (_name, runs, expected) => {
    expect(nextGroupRunAt(runs, TIMING)).toBe(expected)
  })
  test.each([
    [4 * HOUR, 5 * MINUTE, 4 * HOUR],
    [4 * HOUR + 1, 5 * MINUTE, 4 * HOUR + 5 * MINUTE],
    [MINUTE, 5 * MINUTE, 5 * MINUTE],
    [MINUTE, 0, MINUTE],
  ])('repeats of %i ms every %i ms come after %i ms', (repeatMs, groupIntervalMs, expected) => {
    expect(nextRepeatAt(NOW, { ...TIMING, repeatMs, groupIntervalMs })).toBe(NOW + expected)
  })
  test('what is never repeated has no next time', () => {
    expect(nextRepeatAt(NOW, { ...TIMING, repeatMs: 0 })).toBeNull()
  })
})

const ids = fc.subarray(['a', 'b', 'c', 'd'])

test('over any history the receiver hears of every alert that fires at a run, and then of the end of all', () => {
  fc.assert(
    fc.property(
      fc.array(ids, { maxLength: 40 }),
      fc.boolean(),
      fc.constantFrom(0, MINUTE, HOUR),
      (history, sendResolved, repeatMs) => {
        let entry: GroupLogEntry | null = null
        let before: string[] = []
        for (const [index, firing] of history.entries()) {
          const at = NOW + index * 5 * MINUTE
          const group = { firing, resolved: before.filter((id) => !firing.includes(id)) }
          const decision = decideGroupNotification(entry, group, at, { ...TIMING, sendResolved, repeatMs })
          if (decision.notify) entry = logEntryOf(group, at)
          const known: readonly string[] = entry?.firing ?? []
          expect(firing.filter((id) => !known.includes(id))).toEqual([])
          if (firing.length === 0) expect(known).toEqual([])
          before = firing
        }
      },
    ),
  )
})
