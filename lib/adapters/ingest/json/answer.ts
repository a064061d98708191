import type { TelemetryAnswer, TelemetryOutcome } from '../../../ports/telemetry-format.ts'

/** So many wrong fields are said in the sentence; the list has more. */
const SAID_MAX = 3

/** What was taken and what was not, and why. A body of which nothing could be taken is wrong: 422. */
export function answerJson({ accepted, rejections, refusals, isReplay }: TelemetryOutcome): TelemetryAnswer {
  const rejected = rejections.reduce((sum, { count }) => sum + count, 0)
  const errors = refusals.map(({ field, message }) => ({ field, message }))
  if (accepted > 0 || rejected === 0) {
    const details = rejected === 0 ? {} : { errors }
    return { ok: true, body: { accepted, rejected, rejections, replayed: isReplay, ...details } }
  }
  const said = rejections
    .map(({ message }) => message)
    .slice(0, SAID_MAX)
    .join(' ')
  const listed = errors.length > 0 ? errors : rejections.map(({ message }) => ({ field: '', message }))
  return { ok: false, status: 422, detail: `Nothing was taken. ${said}`, errors: listed }
}
