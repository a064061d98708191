import { expect, test } from 'vitest'
import { parseMatcher } from '../../../lib/domain/mute/matcher.ts'
import {
  alertsToTell,
  decideGroupNotification,
  type GroupLogEntry,
  type GroupTiming,
  logEntryOf,
} from '../../../lib/domain/notification/group.ts'
import { nextGroupRunAt } from '../../../lib/domain/notification/group-run.ts'
import { type InhibitRule, inhibitorOf } from '../../../lib/domain/notification/inhibit.ts'
import { SECOND } from '../../../lib/domain/time/instant.ts'

/**
 * The acceptance scenarios of prometheus/alertmanager (`test/with_api_v2/acceptance`), on a clock that the test moves by tenths of a second.
 * All alerts of a scenario are one group, as with `group_by: []`.
 */

interface Push {
  /** Seconds. */
  at: number
  id: string
  /** When it began; `at` when absent. */
  from?: number
  /** When it ended; absent while it fires. */
  until?: number
}

interface Scenario {
  title: string
  /** Seconds, except for `sendResolved`. */
  wait: number
  interval: number
  repeat: number
  sendResolved?: boolean
  inhibit?: InhibitRule[]
  pushes: Push[]
  until: number
  /** `second: alerts`, the resolved ones with a minus. */
  told: Record<string, string>
}

interface Held {
  startedAt: number
  endedAt: number | null
  zone: string
  alertname: string
}

const ms = (seconds: number) => Math.round(seconds * SECOND)

function matcher(text: string) {
  const parsed = parseMatcher(text)
  if (!parsed.ok) throw new Error(parsed.message)
  return parsed.matcher
}

const JOB_DOWN: InhibitRule = {
  source: [matcher('alertname="JobDown"')],
  target: [matcher('alertname="InstanceDown"')],
  equal: ['job', 'zone'],
}

/** Runs a scenario as a dispatcher would, and returns what a receiver of everything would get. */
function play(scenario: Scenario): Record<string, string> {
  const timing: GroupTiming = {
    groupWaitMs: ms(scenario.wait),
    groupIntervalMs: ms(scenario.interval),
    repeatMs: ms(scenario.repeat),
    sendResolved: scenario.sendResolved ?? true,
  }
  const alerts = new Map<string, Held>()
  const told: Record<string, string> = {}
  let entry: GroupLogEntry | null = null
  let runs: { createdAt: number; firstStartedAt: number; lastRunAt: number | null } | null = null
  for (let now = 0; now <= ms(scenario.until); now += 100) {
    for (const push of scenario.pushes.filter(({ at }) => ms(at) === now)) {
      const known = alerts.get(push.id)
      const startedAt = ms(push.from ?? push.at)
      const isSame = known !== undefined && (known.endedAt === null || startedAt < known.endedAt)
      const [alertname = '', zone = ''] = push.id.split('/')
      alerts.set(push.id, {
        startedAt: isSame ? Math.min(known.startedAt, startedAt) : startedAt,
        endedAt: push.until === undefined ? null : ms(push.until),
        alertname,
        zone,
      })
      runs ??= { createdAt: now, firstStartedAt: startedAt, lastRunAt: null }
    }
    if (runs === null || now < nextGroupRunAt(runs, timing)) continue
    runs.lastRunAt = now
    const group = shown(alerts, now, scenario.inhibit ?? [])
    const decision = decideGroupNotification(entry, group, now, timing)
    if (decision.notify) {
      entry = logEntryOf(group, now)
      const { firing, resolved } = alertsToTell(group, timing)
      const words = [...firing, ...resolved.map((id) => `-${id}`)]
      if (words.length > 0) told[String(now / SECOND)] = words.join(' ')
    }
    for (const [id, alert] of alerts) if (alert.endedAt !== null && alert.endedAt <= now) alerts.delete(id)
    // An empty group is given up; the log of what was told is not.
    if (alerts.size === 0) runs = null
  }
  return told
}

function shown(alerts: ReadonlyMap<string, Held>, now: number, rules: readonly InhibitRule[]) {
  const labels = ({ alertname, zone }: Held) => ({ alertname, zone, job: 'testjob' })
  const isFiring = ({ endedAt }: Held) => endedAt === null || endedAt > now
  const firing = [...alerts].filter(([, alert]) => isFiring(alert))
  const inhibits = inhibitorOf(
    rules,
    firing.map(([id, alert]) => ({ id, name: alert.alertname, labels: labels(alert) })),
  )
  const visible = [...alerts].filter(([, alert]) => !inhibits(labels(alert)).inhibited)
  return {
    firing: visible.filter(([, alert]) => isFiring(alert)).map(([id]) => id),
    resolved: visible.filter(([, alert]) => !isFiring(alert)).map(([id]) => id),
  }
}

const SCENARIOS: Scenario[] = [
  {
    title: 'MergeAlerts: refreshed it is one alert, told at every run; a start after the end is a new one',
    wait: 1,
    interval: 1,
    repeat: 0.001,
    pushes: [
      { at: 1, id: 'test', from: 1.1 },
      { at: 1.2, id: 'test', from: 1 },
      { at: 2.1, id: 'test', from: 2 },
      { at: 3.6, id: 'test', from: 1.5 },
      { at: 4.6, id: 'test', from: 3, until: 4.5 },
      { at: 4.8, id: 'test', from: 2.9, until: 4.8 },
      { at: 5.3, id: 'test' },
    ],
    until: 6.5,
    told: { 2: 'test', 3: 'test', 4: 'test', 5: '-test', 6.3: 'test' },
  },
  {
    title: 'Repeat',
    wait: 1,
    interval: 1,
    repeat: 0.001,
    pushes: [
      { at: 1, id: 'test' },
      { at: 3.5, id: 'test', from: 1, until: 3 },
    ],
    until: 6,
    told: { 2: 'test', 3: 'test', 4: '-test' },
  },
  {
    title: 'Retry: the receiver that works hears it once, and again after the repeat interval',
    wait: 1,
    interval: 1,
    repeat: 3,
    pushes: [{ at: 1, id: 'test1' }],
    until: 5.5,
    told: { 2: 'test1', 5: 'test1' },
  },
  {
    title: 'Batching: what comes between runs shares a message, and then there is silence until the repeat interval',
    wait: 1,
    interval: 1,
    repeat: 4.9,
    pushes: [
      { at: 1.1, id: 'test1', from: 1 },
      { at: 1.7, id: 'test5', from: 1 },
      { at: 3.3, id: 'test2', from: 1.5 },
      { at: 3.3, id: 'test3', from: 1.5 },
      { at: 3.3, id: 'test4', from: 1.6 },
    ],
    until: 9.5,
    told: { 2.1: 'test1 test5', 4.1: 'test1 test5 test2 test3 test4', 9.1: 'test1 test5 test2 test3 test4' },
  },
  {
    title: 'Resolved: all of them end together in one message',
    wait: 1,
    interval: 5,
    repeat: 0,
    pushes: [1, 11].flatMap((at) =>
      ['v1', 'v2', 'v3'].map((id) => ({ at, id, from: 1, ...(at === 11 ? { until: 11 } : {}) })),
    ),
    until: 20,
    told: { 2: 'v1 v2 v3', 12: '-v1 -v2 -v3' },
  },
  ...[true, false].map(
    (sendResolved): Scenario => ({
      title: `ResolvedFilter: ends are ${sendResolved ? 'told' : 'noted and not told'}`,
      wait: 1,
      interval: 5,
      repeat: 0,
      sendResolved,
      pushes: [
        { at: 1, id: 'v1' },
        { at: 1, id: 'v2' },
        { at: 4, id: 'v1', from: 1, until: 4 },
        { at: 3, id: 'v3' },
        { at: 11, id: 'v2', from: 1, until: 11 },
      ],
      until: 12.5,
      told: sendResolved ? { 2: 'v1 v2', 7: 'v2 v3 -v1', 12: 'v3 -v2' } : { 2: 'v1 v2', 7: 'v2 v3' },
    }),
  ),
  {
    title: 'ColdStart: an alert that began long ago is not kept waiting; what comes later waits for the next run',
    wait: 1,
    interval: 6,
    repeat: 600,
    pushes: [
      { at: 5, id: 'test1', from: -100 },
      { at: 5, id: 'test2', from: 2 },
      { at: 6, id: 'test3', from: -100 },
      { at: 7, id: 'test4' },
    ],
    until: 12,
    told: { 5: 'test1 test2', 11: 'test1 test2 test3 test4' },
  },
  {
    title: 'resolved before the wait was over, it is never told',
    wait: 3,
    interval: 1,
    repeat: 0.001,
    pushes: [
      { at: 1, id: 'test' },
      { at: 2, id: 'test', from: 1, until: 2 },
    ],
    until: 9,
    told: {},
  },
  {
    title: 'Inhibiting: told until the cause fires, and told again once the cause is gone',
    wait: 1,
    interval: 1,
    repeat: 1,
    inhibit: [JOB_DOWN],
    pushes: [
      { at: 1, id: 'test1/aa' },
      { at: 1, id: 'InstanceDown/aa' },
      { at: 1, id: 'InstanceDown/ab' },
      { at: 2.2, id: 'JobDown/aa' },
      { at: 3.6, id: 'JobDown/aa', from: 2.2, until: 3.6 },
    ],
    until: 4.5,
    told: {
      2: 'test1/aa InstanceDown/aa InstanceDown/ab',
      3: 'test1/aa InstanceDown/ab JobDown/aa',
      4: 'test1/aa InstanceDown/aa InstanceDown/ab -JobDown/aa',
    },
  },
  {
    title: 'AlwaysInhibiting: ended together, both ends are told',
    wait: 1,
    interval: 1,
    repeat: 1,
    inhibit: [JOB_DOWN],
    pushes: [
      { at: 1, id: 'InstanceDown/aa' },
      { at: 1, id: 'JobDown/aa' },
      { at: 2.6, id: 'JobDown/aa', from: 1, until: 2.6 },
      { at: 2.6, id: 'InstanceDown/aa', from: 1, until: 2.6 },
    ],
    until: 4,
    told: { 2: 'JobDown/aa', 3: '-InstanceDown/aa -JobDown/aa' },
  },
  {
    title: 'EmptyInhibitionRule: an empty rule inhibits nothing',
    wait: 1,
    interval: 1,
    repeat: 0,
    inhibit: [{ source: [], target: [], equal: [] }],
    pushes: [
      { at: 1, id: 'a' },
      { at: 1, id: 'b' },
    ],
    until: 4,
    told: { 2: 'a b' },
  },
]

test.each(SCENARIOS)('$title', (scenario) => {
  expect(play(scenario)).toEqual(scenario.told)
})
