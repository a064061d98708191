import type { SilenceDraft } from '@/lib/commands/silence/create.ts'
import { type Instant, MINUTE } from '@/lib/domain/time/instant.ts'
import { readMoment } from './read-moment.ts'

/** Lengths that are offered, in minutes: as long as a fix takes, and no longer than needed by default. */
export const SILENCE_MINUTES = [30, 60, 120, 240, 480, 1_440, 4_320, 10_080, 43_200] as const

/** Fields of the form as a draft. Without a beginning it begins now. */
export function readSilence(form: FormData, timeZone: string, now: Instant): SilenceDraft {
  const text = (name: string) => String(form.get(name) ?? '').trim()
  const startsAt = text('startsAt') === '' ? now : readMoment(text('startsAt'), timeZone)
  return {
    matchers: text('matchers')
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== ''),
    startsAt,
    endsAt: startsAt + Number(text('minutes') || Number.NaN) * MINUTE,
    comment: text('comment'),
  }
}
