import type { AlertRule } from '../domain/rule/rule.ts'
import { spanKeyOf, spansOf } from '../domain/rule/spans.ts'
import type { Span, SpanAnswer } from '../domain/series/figures.ts'
import type { Log } from '../ports/log.ts'
import type { ClaimedRule, RuleClaim, RuleStore } from '../ports/rule-store.ts'

/** Answers by project and span. */
export type Answers = ReadonlyMap<string, SpanAnswer>

interface Request {
  projectId: string
  span: Span
}

interface ReadDeps {
  rules: Pick<RuleStore, 'readFigures'>
  log: Pick<Log, 'error'>
}

export function answerKeyOf(projectId: string, span: Span): string {
  return `${projectId} ${spanKeyOf(span)}`
}

/** Everything that the rules of all claims look at, in one read; each span once, however many rules share it. */
export async function readAnswers(deps: ReadDeps, claims: readonly RuleClaim[]): Promise<Answers> {
  const requests = new Map<string, Request>()
  for (const claim of claims) {
    for (const claimed of claim.rules) addRequests(requests, claim, claimed.rule, newestHistory(claimed))
  }
  return read(deps, requests)
}

/** The answers so far, and those to all that these rules may look at. */
export async function readMissing(
  deps: ReadDeps,
  claim: RuleClaim,
  unread: readonly AlertRule[],
  answers: Answers,
): Promise<Answers> {
  const requests = new Map<string, Request>()
  for (const rule of unread) addRequests(requests, claim, rule, null)
  for (const key of answers.keys()) requests.delete(key)
  return new Map([...answers, ...(await read(deps, requests))])
}

/** The end of the history that every known group of an anomaly remembers: what lies before need not be read again. Null: all of it is read. */
function newestHistory({ states }: ClaimedRule): number | null {
  if (states.length === 0) return null
  const known = states.map(({ memory }) => memory?.hourAt ?? null)
  return known.includes(null) ? null : Math.min(...known.map((hourAt) => hourAt ?? 0))
}

function addRequests(
  requests: Map<string, Request>,
  { projectId, at, slos }: RuleClaim,
  rule: AlertRule,
  rememberedUntil: number | null,
): void {
  for (const span of spansIn(rule, at, slos, rememberedUntil)) {
    requests.set(answerKeyOf(projectId, span), { projectId, span })
  }
}

/** A condition that cannot be read asks for nothing; its evaluation says what is wrong with it. */
function spansIn(rule: AlertRule, at: number, slos: RuleClaim['slos'], rememberedUntil: number | null): Span[] {
  try {
    return spansOf(rule, at, slos, rememberedUntil)
  } catch {
    return []
  }
}

async function read(deps: ReadDeps, requests: ReadonlyMap<string, Request>): Promise<Answers> {
  const keys = [...requests.keys()]
  const asked = [...requests.values()]
  try {
    const answers = await deps.rules.readFigures(asked)
    return new Map(keys.map((key, index) => [key, answers[index] ?? []]))
  } catch (error) {
    deps.log.error('rules.not_read', { spans: asked.length, error: String(error) })
    return readByProject(deps, requests)
  }
}

/** When the common read failed: what is wrong with one project's must not keep the others from being evaluated. */
async function readByProject(deps: ReadDeps, requests: ReadonlyMap<string, Request>): Promise<Answers> {
  const answers = new Map<string, SpanAnswer>()
  for (const projectId of new Set([...requests.values()].map((request) => request.projectId))) {
    const own = [...requests].filter(([, request]) => request.projectId === projectId)
    try {
      const found = await deps.rules.readFigures(own.map(([, request]) => request))
      own.forEach(([key], index) => {
        answers.set(key, found[index] ?? [])
      })
    } catch (error) {
      deps.log.error('rules.not_read', { projectId, spans: own.length, error: String(error) })
    }
  }
  return answers
}
