import type { Refusal } from '../../ports/telemetry-format.ts'
import type { Rejection, RejectionCode } from '../../ports/telemetry-store.ts'

/** So many are told one by one: a body may hold a million wrong points, and nobody reads more. */
const TOLD_MAX = 100

export interface RefusalList {
  add(refusal: Refusal): void
  /** The first ones. */
  told(): readonly Refusal[]
  /** All of them, added up by reason, each with the first as its example. */
  rejections(): readonly Rejection[]
}

export function createRefusalList(): RefusalList {
  const told: Refusal[] = []
  const byCode = new Map<RejectionCode, Rejection>()
  return {
    add(refusal) {
      if (told.length < TOLD_MAX) told.push(refusal)
      const { code, count, field, message } = refusal
      const known = byCode.get(code)
      byCode.set(
        code,
        known ? { ...known, count: known.count + count } : { code, count, message: toSentence(field, message) },
      )
    },
    told: () => told,
    rejections: () => [...byCode.values()],
  }
}

/** `metrics[3].value must be a number.` */
export function toSentence(field: string, message: string): string {
  return `${field === '' ? 'The body' : field} ${message}.`
}
