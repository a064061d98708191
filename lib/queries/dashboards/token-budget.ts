import { HOUR, type Instant } from '../../domain/time/instant.ts'
import { addDays, instantIn, type LocalDate, localDateIn } from '../../domain/time/zoned.ts'
import type { SettingsReader } from '../../ports/settings-reader.ts'
import type { TelemetryReader } from '../../ports/telemetry-reader.ts'

const METRIC = 'gen_ai.client.token.usage'
/** From this share of the budget on finance should know, as the guide for alerts says. */
const LOOK_SHARE = 0.8

export interface TokenBudget {
  used: number
  /** Null without a budget. */
  budget: number | null
  /** Used of the budget; above 1 when it is exceeded. */
  share: number | null
  /** What the month comes to when its rest is like its beginning. */
  forecast: number
  state: 'fine' | 'warning' | 'critical'
  /** Start and end of the calendar month in the project's time zone. */
  from: Instant
  until: Instant
}

/** Tokens used in the current month against the budget; null when the project tells nothing of tokens. */
export async function readTokenBudget(
  deps: { telemetry: Pick<TelemetryReader, 'query'>; settings: Pick<SettingsReader, 'readTokenBudget'> },
  project: { id: string; timeZone: string },
  now: Instant,
): Promise<TokenBudget | null> {
  const { from, until } = monthAt(project.timeZone, now)
  // Hours, as months begin at any hour of UTC; zones that are half an hour off give or take as much.
  const start = Math.floor(from / HOUR) * HOUR
  const question = {
    metric: METRIC,
    aggregate: 'sum' as const,
    where: {},
    groupBy: [],
    from: start,
    until: now,
    stepMs: HOUR,
  }
  const [answer, budget] = await Promise.all([
    deps.telemetry.query(project.id, question),
    deps.settings.readTokenBudget(project.id),
  ])
  if (answer === null) return null
  const used = (answer.lines[0]?.points ?? []).reduce((sum, { value }) => sum + value, 0)
  const share = budget === null ? null : used / budget
  const forecast = (used / Math.max(now - from, HOUR)) * (until - from)
  return { used, budget, share, forecast, state: judge(share), from, until }
}

function judge(share: number | null): TokenBudget['state'] {
  if (share === null || share <= LOOK_SHARE) return 'fine'
  return share > 1 ? 'critical' : 'warning'
}

/** The calendar month around an instant. */
export function monthAt(timeZone: string, now: Instant): { from: Instant; until: Instant } {
  const first = firstOf(localDateIn(timeZone, now))
  // The 32nd day after the first is in the next month, whatever the month.
  return { from: instantIn(timeZone, first), until: instantIn(timeZone, firstOf(addDays(first, 31))) }
}

function firstOf(date: LocalDate): LocalDate {
  return `${date.slice(0, -2)}01`
}
