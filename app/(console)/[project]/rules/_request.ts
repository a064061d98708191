import { z } from 'zod'
import { withQuery } from '@/app/_session/query.ts'
import { FRESH_DRAFT, type RuleDraft, SENTENCE_KINDS, startKind, suggestDraft } from '@/lib/commands/rule/rule-draft.ts'
import { RULE_STATUSES } from '@/lib/ports/rule-reader.ts'
import { BACK_TEST_DAYS, type BackTestDays } from '@/lib/queries/back-test.ts'
import type { RuleListRequest } from '@/lib/queries/rules.ts'

export type Query = Record<string, string | string[] | undefined>

const text = z.string().trim().min(1).max(200).nullable().catch(null)

/** What does not fit is as if it were not there. */
const listSchema = z.object({
  status: z.enum(RULE_STATUSES).nullable().catch(null),
  pack: text,
  text,
  rank: z.coerce.number().int().nonnegative().nullable().catch(null),
  key: text,
})

export function readListRequest(query: Query): RuleListRequest {
  const { rank, key, ...filters } = listSchema.parse({ rank: null, ...query })
  return { ...filters, after: rank === null || key === null ? null : { rank, key } }
}

/** The same list by its address; `changes` replace parts of it. */
export function rulesHref(path: string, request: RuleListRequest, changes: Partial<RuleListRequest> = {}): string {
  const { status, pack, text: words, after } = { ...request, ...changes }
  return withQuery(path, { status, pack, text: words, rank: after?.rank, key: after?.key })
}

const LONGEST = 2_000

/** The fields of the editor as an address or a form has them, over those that are shown when it says nothing. */
export function readDraft(query: Query, start: RuleDraft = FRESH_DRAFT): RuleDraft {
  const given = Object.keys(FRESH_DRAFT).flatMap((name) => {
    const value = query[name]
    return typeof value === 'string' ? [[name, value.slice(0, LONGEST)]] : []
  })
  const draft: RuleDraft = { ...start, ...Object.fromEntries(given) }
  const channels =
    query.channel === undefined && query.edited === undefined ? start.channels : [query.channel ?? []].flat()
  const rules = query.rule === undefined && query.edited === undefined ? start.rules : [query.rule ?? []].flat()
  const kind = SENTENCE_KINDS.find((one) => one === draft.kind) ?? 'threshold'
  const isOtherKind = query.shownKind !== undefined && query.shownKind !== kind
  return {
    ...(isOtherKind ? startKind(draft, kind) : draft),
    channels,
    rules,
    mode: draft.mode === 'line' ? 'line' : 'sentence',
    kind,
  }
}

/** What says what a rule is about: an address that has one of these was made to fill the editor in. */
const SUBJECT_FIELDS = ['kind', 'metric', 'monitors', 'slo', 'line', 'rule'] as const

/** What a new rule begins with: what the address asks for and nothing of another figure, else a suggestion. */
export function startDraft(query: Query, metrics: readonly { name: string }[]): RuleDraft {
  if (SUBJECT_FIELDS.every((field) => query[field] === undefined)) return suggestDraft(metrics)
  const kind = SENTENCE_KINDS.find((one) => one === query.kind) ?? 'threshold'
  return query.edited === undefined ? startKind(FRESH_DRAFT, kind) : FRESH_DRAFT
}

export function readDays(query: Query): BackTestDays {
  return BACK_TEST_DAYS.find((days) => String(days) === query.days) ?? 30
}

export function decodeKey(given: string): string {
  try {
    return decodeURIComponent(given)
  } catch {
    // An address that is no text names no rule.
    return ''
  }
}
