import type { Cause } from '../probe/outcome.ts'
import { formatLatency } from '../rollup/format-figures.ts'
import { formatTimeWithSecondsIn } from '../time/format-zoned.ts'
import { fromIso } from '../time/instant.ts'
import type { Evidence, MessageData } from './message.ts'
import { toOneLine } from './one-line.ts'
import type { FailureFacts, Words } from './words.ts'

const RESULTS_SHOWN = 5
/** An assertion compares at most this much of a value in a headline; the full values stand in their own line. */
const VALUE_MAX_LENGTH = 40

/** The newest result that is not up: the one whose words a headline borrows. Null when there is none. */
export function decisiveEvidence(evidence: readonly Evidence[]): Evidence | null {
  return evidence.findLast(({ verdict }) => verdict !== 'up') ?? null
}

/** Why one result failed, as a clause without full stop: `answered 503`, `pas de réponse à temps`. */
export function describeFailure(evidence: Evidence, words: Words): string {
  // In a health document the check that fails says more than the status over all of them.
  const failure = evidence.failures.find(({ subject }) => subject.startsWith('check ')) ?? evidence.failures[0]
  const facts: FailureFacts = {
    cause: evidence.cause,
    statusCode: evidence.statusCode,
    latencyMs: evidence.latencyMs,
    failure:
      failure === undefined
        ? null
        : {
            subject: toOneLine(failure.subject, VALUE_MAX_LENGTH),
            expected: toOneLine(failure.expected, VALUE_MAX_LENGTH),
            got: toOneLine(failure.got, VALUE_MAX_LENGTH),
          },
    message: evidence.message,
  }
  const describe = words.causes[evidence.cause as Cause] as ((facts: FailureFacts) => string) | undefined
  // A cause that this version does not know was written by a newer one: the prober's own sentence is then the best there is.
  const clause = describe === undefined ? toOneLine(evidence.message, 120) : describe(facts)
  const spread = readSpread(evidence)
  return spread === null ? clause : `${clause} ${words.inRegions(spread)}`
}

/** In how many of the regions that could tell it fails, and in which; null where one place alone looked. */
function readSpread({ regions = [] }: Evidence): { count: number; total: number; names: string[] } | null {
  const told = regions.filter(({ verdict }) => verdict !== 'unknown')
  const failing = told.filter(({ verdict }) => verdict !== 'up')
  if (regions.length < 2 || failing.length === 0) return null
  return { count: failing.length, total: told.length, names: failing.map(({ region }) => region) }
}

/** The last results as rows, oldest first; null when there are none. */
export function describeResults(data: MessageData, words: Words): { label: string; rows: string[] } | null {
  if (data.evidence.length === 0) return null
  const rows = data.evidence.slice(-RESULTS_SHOWN).map((evidence) => {
    const time = formatTimeWithSecondsIn(data.project.timeZone, fromIso(evidence.at))
    const took = evidence.latencyMs === null ? '' : ` (${formatLatency(evidence.latencyMs, words.locale)})`
    const names = readSpread(evidence)?.names.join(', ') ?? ''
    const where = names === '' ? '' : ` (${names})`
    const why = evidence.verdict === 'up' ? '' : `${words.colon} ${describeFailure(evidence, words)}${where}`
    return `${time} ${words.verdicts[evidence.verdict]}${why}${took}`
  })
  return { label: words.labels.results, rows }
}
