import type { AnswerOf, Span, SpanAnswer } from '../series/figures.ts'
import type { Term } from '../series/panel.ts'
import type { Instant } from '../time/instant.ts'
import type { Slo } from './slo.ts'

const PROBES: Term = { metric: 'probe.success', aggregate: 'sum' }

/** Every span that `goodAndTotal` asks for. */
export function spansOfSlo({ indicator }: Slo, from: Instant, until: Instant): Span[] {
  switch (indicator.kind) {
    case 'availability':
      return [{ term: PROBES, groupBy: ['monitor'], from, until }]
    case 'ratio':
      return [indicator.total, indicator.good ?? indicator.bad].flatMap((term) =>
        term === null ? [] : [{ term, groupBy: [], from, until }],
      )
    default:
      return []
  }
}

/** Good events and all of them, counted one by one; null when nothing was counted. */
export function goodAndTotal(
  slo: Slo,
  from: Instant,
  until: Instant,
  answerOf: AnswerOf,
): { good: number; total: number } | null {
  const { indicator } = slo
  const [all, part] = spansOfSlo(slo, from, until).map(answerOf)
  if (all === undefined) return null
  if (indicator.kind === 'availability') {
    const { keys } = indicator.monitors
    const chosen = all.filter(({ group }) => keys === null || keys.includes(group[0] ?? ''))
    return chosen.length === 0 ? null : { good: sumOf(chosen, 'sum'), total: sumOf(chosen, 'count') }
  }
  if (all.length === 0 || indicator.kind !== 'ratio') return null
  const total = events(all)
  const counted = events(part ?? [])
  return { good: indicator.good === null ? total - counted : counted, total }
}

function events(answer: SpanAnswer): number {
  return answer.reduce((sum, { figures }) => sum + (figures.kind === 'histogram' ? figures.count : figures.sum), 0)
}

function sumOf(answer: SpanAnswer, field: 'sum' | 'count'): number {
  return answer.reduce((sum, { figures }) => sum + figures[field], 0)
}
