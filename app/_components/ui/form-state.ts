import type { NoticeTone } from './notice.tsx'

/** What a form shows after it was sent: what was wrong at each field, what became of it as a whole, and what had been typed. */
export interface FormState {
  errors: Record<string, string>
  result: { tone: NoticeTone; message: string } | null
  values: Record<string, string>
}

export const FRESH_FORM: FormState = { errors: {}, result: null, values: {} }
