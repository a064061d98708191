import type { TelemetryAnswer, TelemetryOutcome } from '../../../ports/telemetry-format.ts'

/**
 * `ExportPartialSuccess`: set when something was not taken, or to warn. A request of which nothing was taken is one as well: a sender must
 * not send it again, and OTLP's 400 would say no more.
 */
function answerOtlp(outcome: TelemetryOutcome, countField: string): TelemetryAnswer {
  const { rejections, warning } = outcome
  const rejected = rejections.reduce((sum, { count }) => sum + count, 0)
  const sentences = [...rejections.map(({ message }) => message), ...(warning === null ? [] : [warning])]
  if (sentences.length === 0) return { ok: true, body: {} }
  return { ok: true, body: { partialSuccess: { [countField]: String(rejected), errorMessage: sentences.join(' ') } } }
}

export function answerMetrics(outcome: TelemetryOutcome): TelemetryAnswer {
  return answerOtlp(outcome, 'rejectedDataPoints')
}

export function answerLogs(outcome: TelemetryOutcome): TelemetryAnswer {
  return answerOtlp(outcome, 'rejectedLogRecords')
}
