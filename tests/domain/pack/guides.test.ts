import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { priorityOf } from '../../../lib/domain/monitor/severity.ts'
import { decideRecipients } from '../../../lib/domain/notification/route.ts'
import { type Guide, ruleKeyOf } from '../../../lib/domain/pack/pack.ts'
import { PACKS } from '../../../lib/domain/pack/packs.ts'
import { specOfRow } from '../../../lib/domain/pack/spec-of-row.ts'
import type { RuleSpec } from '../../../lib/domain/rule/rule.ts'
import { MINUTE } from '../../../lib/domain/time/instant.ts'
import { answerOfSamples } from '../../support/synthetic-series.ts'
import { GUIDE_ROWS, type GuideRow, OTHER_ROWS } from './guide-rows.ts'
import { NO_RULES } from './no-rules.ts'
import { firings, type Seen, simulate } from './simulate.ts'

const FILES: Record<Guide, string> = {
  go_live: 'after-go-live-phase-4.md',
  hypercare: 'hypercare-first-7-days.md',
  alerts_template: 'monitoring-alerts-template.md',
  drop_craft: 'drop-craft-monitoring-guide.md',
  token4good: 'token4good-production-monitoring.md',
}
const textOf = (guide: Guide) => readFileSync(new URL(`../../fixtures/guides/${FILES[guide]}`, import.meta.url), 'utf8')

/** A Tuesday. */
const FROM = Date.UTC(2026, 10, 17, 10)
const CONTEXT = { locale: 'en', tokenBudget: 1_000_000, channels: [] } as const
const ROWS = new Map(PACKS.flatMap((pack) => pack.rows.map((row) => [ruleKeyOf(pack, row), { pack, row }] as const)))

function ruleOf({ rule, feed }: GuideRow): RuleSpec {
  const found = ROWS.get(rule)
  const metrics = new Set(feed(FROM, 0.5).map(({ metric }) => metric))
  const spec = found === undefined ? null : specOfRow(found.pack, found.row, { ...CONTEXT, metrics })
  if (spec === null) throw new Error(`no rule ${rule}`)
  return spec
}

/** Feeds `value` for so many minutes, and a value that is fine after that. */
function feedFor(row: GuideRow, value: number, bad: number, minutes: number): Seen[] {
  const [fine] = row.warning ?? row.critical ?? [0]
  const samples = Array.from({ length: minutes }, (_, minute) =>
    row.feed(FROM + minute * MINUTE, minute < bad ? value : fine),
  )
  const answerOf = answerOfSamples(samples.flat())
  return simulate(ruleOf(row), FROM, minutes, () => ({ answerOf }))
}

describe('rows of the guides', () => {
  test('each is a rule that is tested, and each rule is a row', () => {
    const tested = [...GUIDE_ROWS.map(({ rule }) => rule), ...OTHER_ROWS]
    expect([...ROWS.keys()].sort()).toEqual(tested.sort())
  })

  test.each([...ROWS])('%s is in its guide word for word', (_key, { row }) => {
    expect(textOf(row.source.guide)).toContain(row.source.words)
    expect(row.name.en).not.toBe(row.name.fr)
  })

  test.each(GUIDE_ROWS)('$rule says what its guide says: $says', ({ rule, guide, says }) => {
    const source = ROWS.get(rule)?.row.source
    expect(source?.guide).toBe(guide)
    for (const words of says) expect(source?.words).toContain(words)
  })

  test('every line of a guide that names a limit or an event is a row, or has a reason why not', () => {
    const isLimit =
      /[<>] ?\$?\d|\d+ (checks|échecs|failures)|\d%|0 par jour|^- ✅ \w+ (failures|errors|crashes|degradation|error rate)|deployment[.-](failed|error)|crashed"/
    const words = PACKS.flatMap(({ rows }) => rows.map(({ source }) => source.words))
    const lines = Object.keys(FILES).flatMap((guide) =>
      textOf(guide as Guide)
        .split('\n')
        .filter((line) => isLimit.test(line)),
    )
    const left = lines
      .map((line) => line.trim())
      .filter(
        (line) => !words.some((one) => line.includes(one)) && !NO_RULES.some(({ line: one }) => line.includes(one)),
      )
    expect(left).toEqual([])
  })
})

describe('routing', () => {
  test.each(GUIDE_ROWS)('$rule is told as $tells', (row) => {
    const { severity } = ruleOf(row)
    const told = Object.fromEntries(
      (['warning', 'critical'] as const).flatMap((level) =>
        row[level] === undefined ? [] : [[level, priorityOf(severity[level])]],
      ),
    )
    expect(told).toEqual(row.tells)
  })

  test('the three alerts of Drop Craft go to the channels and as often as it says', () => {
    const channels = (['email', 'slack', 'sms'] as const).map((kind) => ({ id: kind, kind, name: kind }))
    const told = ['high-error-rate', 'slow-response', 'db-connections'].map((id) => {
      const found = ROWS.get(`web-app-slo-${id}`)
      const rule = found && specOfRow(found.pack, found.row, { ...CONTEXT, metrics: new Set(), channels })
      const decisions = decideRecipients({
        kind: 'incident.triggered',
        severity: rule?.severity.critical ?? 'low',
        channels: channels.map((channel) => ({ ...channel, enabled: true, disabledReason: null, minSeverity: null })),
        notifyChannelIds: rule?.notifyChannelIds ?? [],
      })
      const sent = decisions.filter(({ send }) => send).map(({ channelId }) => channelId)
      return { id, sent, throttleMinutes: (rule?.throttleMs ?? 0) / MINUTE }
    })
    expect(told).toEqual([
      { id: 'high-error-rate', sent: ['email', 'slack', 'sms'], throttleMinutes: 5 },
      { id: 'slow-response', sent: ['email', 'slack'], throttleMinutes: 15 },
      { id: 'db-connections', sent: ['slack'], throttleMinutes: 30 },
    ])
  })
})

describe('firing', () => {
  const edges = GUIDE_ROWS.flatMap((row) =>
    (['warning', 'critical'] as const).flatMap((level) => {
      const edge = row[level]
      return edge === undefined
        ? []
        : [{ row, rule: row.rule, level, quiet: edge[0], fires: edge[1], minutes: row.minutes }]
    }),
  )

  test.each(edges)(
    '$rule fires at $level with $fires after $minutes minutes, and no sooner',
    ({ row, level, fires, minutes }) => {
      const seen = firings(feedFor(row, fires, minutes + 1, minutes + 1))
      expect(seen).toEqual([{ level, minute: minutes + 1 }])
    },
  )

  test.each(edges)('$rule is silent at $level with $quiet', ({ row, level, quiet, minutes }) => {
    const seen = firings(feedFor(row, quiet, minutes + 1, minutes + 1))
    expect(seen.filter((one) => one.level === level)).toEqual([])
  })

  test.each(edges.filter(({ minutes }) => minutes > 0))(
    '$rule is silent at $level when it lasts a minute less than $minutes',
    ({ row, fires, minutes }) => {
      expect(firings(feedFor(row, fires, minutes, 3 * minutes))).toEqual([])
    },
  )
})
