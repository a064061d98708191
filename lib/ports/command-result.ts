/**
 * Why a command changed nothing, as a value. `field` is what the form calls it, or null when no single field is to blame; `code` lets a
 * page say it in another language (`PT403`, `PT404`, `PT409` and `PT422` of the database functions, `invalid` of the schemas).
 */
export interface FieldError {
  field: string | null
  code: string
  /** One English sentence: what should be there. */
  message: string
  /** The same in French, where whoever refused can say it. */
  messageFr?: string | undefined
  /** What was given, where a field holds several values and one of them is wrong. Never a secret. */
  given?: string | undefined
}

/** What became of a person's command. Broken infrastructure throws instead. */
export type CommandResult<Value = null> = { ok: true; value: Value } | { ok: false; errors: FieldError[] }

/** One refusal. */
export function refuse(field: string | null, code: string, message: string): { ok: false; errors: FieldError[] } {
  return { ok: false, errors: [{ field, code, message }] }
}
