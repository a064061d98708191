import type { NoticeTone } from '@/app/_components/ui/notice.tsx'
import type { Instant } from '@/lib/domain/time/instant.ts'
import type { ShownOutcome } from '@/lib/queries/monitor.ts'
import type { FormValues } from './form-values.ts'

/** What comes back when a form was sent and its page stays. */
export interface MonitorFormState {
  /** Counts answers, so that the controls are made anew with what had been typed: React resets a form after its action. */
  attempt: number
  values: FormValues
  /** What is wrong, by control, in the reader's language. */
  errors: Readonly<Record<string, string>>
  result: { tone: NoticeTone; message: string } | null
  /** A probe that was asked for, and when. */
  test: { shown: ShownOutcome; at: Instant } | null
}
