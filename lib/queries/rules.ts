import { isNight } from '../domain/alert/back-test-verdict.ts'
import { type NoiseScore, scoreNoise } from '../domain/alert/noise.ts'
import type { ListedRule, RuleList, RuleQuery, RuleReader, RuleStatus } from '../ports/rule-reader.ts'
import { NIGHT } from './back-test.ts'
import { PAGE_SIZE } from './keyset.ts'

export type RuleLine = ListedRule & { noise: NoiseScore }

export interface RulePage extends Omit<RuleList, 'rules'> {
  lines: RuleLine[]
  /** Where the next page begins; null on the last. */
  next: RuleQuery['after']
  total: number
}

export interface RuleListRequest {
  status: RuleStatus | null
  pack: string | null
  text: string | null
  after: RuleQuery['after']
}

/** The rules page: what is wrong first. */
export async function readRules(
  reader: Pick<RuleReader, 'list'>,
  project: { id: string; timeZone: string },
  request: RuleListRequest,
): Promise<RulePage> {
  const { rules, ...rest } = await reader.list(project.id, { ...request, limit: PAGE_SIZE + 1 })
  const shown = rules.slice(0, PAGE_SIZE)
  const last = shown.at(-1)
  const next = rules.length > PAGE_SIZE && last !== undefined ? { rank: last.rank, key: last.rule.key } : null
  const total = Object.values(rest.counts).reduce((sum, count) => sum + count, 0)
  return { ...rest, lines: shown.map((rule) => withNoise(rule, project.timeZone)), next, total }
}

/** One rule by key; null when this person may not see it or it is not there. */
export async function findRule(
  reader: Pick<RuleReader, 'list'>,
  project: { id: string; timeZone: string },
  key: string,
): Promise<RuleLine | null> {
  const asked = { key, status: null, pack: null, text: null, after: null, limit: 1 }
  const [found] = (await reader.list(project.id, asked)).rules
  return found === undefined ? null : withNoise(found, project.timeZone)
}

function withNoise(rule: ListedRule, timeZone: string): RuleLine {
  const nights = { timeZone, ...NIGHT }
  const week = rule.week.map((alert) => ({ ...alert, atNight: isNight(alert.startedAt, nights) }))
  return { ...rule, noise: scoreNoise(week) }
}
