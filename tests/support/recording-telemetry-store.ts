import type { Instant } from '../../lib/domain/time/instant.ts'
import { DAY, MINUTE } from '../../lib/domain/time/instant.ts'
import type { Rejection, StoredBatch, TelemetryBatch, TelemetryStore } from '../../lib/ports/telemetry-store.ts'

export interface RecordingTelemetryStore extends Pick<TelemetryStore, 'storeBatch'> {
  /** Every batch that was handed over, replays too. */
  batches: TelemetryBatch[]
  /** The newest one. */
  last(): TelemetryBatch
  /** Makes the next call fail. */
  failNext(error: Error): void
}

/** A store in memory that keeps the port's promises about replays and about old and early data. */
export function createRecordingTelemetryStore(now: () => Instant): RecordingTelemetryStore {
  const batches: TelemetryBatch[] = []
  const answers = new Map<string, StoredBatch>()
  let failure: Error | null = null
  return {
    batches,
    last() {
      const batch = batches.at(-1)
      if (!batch) throw new Error('nothing was stored')
      return batch
    },
    failNext(error) {
      failure = error
    },
    async storeBatch(batch) {
      if (failure !== null) {
        const error = failure
        failure = null
        throw error
      }
      batches.push(batch)
      const known = answers.get(batch.projectId + batch.digest)
      if (known) return { ...known, isReplay: true }
      const ats = [
        ...batch.series.flatMap(({ samples }) => samples.map(({ at }) => at)),
        ...batch.logs.map(({ at }) => at),
      ]
      const old = ats.filter((at) => at < now() - DAY).length
      const early = ats.filter((at) => at > now() + 10 * MINUTE).length
      const rejections: Rejection[] = [...batch.rejections]
      if (old > 0)
        rejections.push({ code: 'too_old', count: old, message: 'Samples older than 24 hours are not taken.' })
      if (early > 0)
        rejections.push({ code: 'too_new', count: early, message: 'Samples from the future are not taken.' })
      const answer = { accepted: ats.length - old - early, rejections, isReplay: false }
      answers.set(batch.projectId + batch.digest, answer)
      return answer
    },
  }
}
