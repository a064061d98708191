import { getTranslations } from 'next-intl/server'
import type { FieldError } from '@/lib/ports/command-result.ts'
import { fieldOf } from './field-of.ts'
import type { MonitorFormState } from './form-state.ts'
import type { FormValues } from './form-values.ts'
import type { SpecInput } from './values-to-input.ts'

/** Refusals in the reader's language: at each control what was given and what is allowed, and one line about the whole. */
export async function wordErrors(
  refused: readonly FieldError[],
  values: FormValues,
  rows: SpecInput['rows'],
): Promise<Pick<MonitorFormState, 'errors' | 'result'>> {
  const t = await getTranslations('monitorForm')
  const errors: Record<string, string> = {}
  for (const { field: path, code, message } of [...refused].sort((one, other) => placeOf(one) - placeOf(other))) {
    const field = fieldOf(path, rows)
    if (field === null || errors[field] !== undefined) continue
    const rule = `errors.allowed.${allowedKey(field)}`
    const given = givenIn(values, field)
    if (field === 'key' && code === 'PT409') errors[field] = t('errors.keyTaken', { given: keyGiven(values) })
    else if (!t.has(rule)) errors[field] = message
    else errors[field] = given ? t('errors.wrong', { given, rule: t(rule) }) : t('errors.missing', { rule: t(rule) })
  }
  const whole = refused.find(({ field }) => field === null)
  const count = Object.keys(errors).length
  return { errors, result: { tone: 'error', message: whole ? wordWhole(whole) : t('result.errors', { count }) } }

  function wordWhole({ code, message }: FieldError): string {
    if (code === 'PT403') return t('result.forbidden')
    return code === 'PT404' ? t('result.gone') : message
  }
}

/** Rows of assertions share the sentence of their column. */
function allowedKey(field: string): string {
  const row = /^(json|header)\.\d+\.(subject|value)$/.exec(field)
  return row ? `${row[1]}_${row[2]}` : field
}

/** In the order of the page: the first wrong control takes the focus. */
function placeOf({ field }: FieldError): number {
  if (field === 'name') return 0
  if (field?.startsWith('config.')) return 1
  return field !== null && SECRET_CONTROLS.has(field) ? 2 : 3
}

const SECRET_CONTROLS = new Set(['secretOp', 'authUser', 'authToken', 'secretHeaders', 'password'])

const SHOWN_LENGTH = 60

function givenIn(values: FormValues, field: string): string {
  const unit = values[`${field}Unit`]
  const given = `${values[field]?.trim() ?? ''}${unit && values[field] ? ` ${unit}` : ''}`
  return given.length > SHOWN_LENGTH ? `${given.slice(0, SHOWN_LENGTH)}…` : given
}

function keyGiven(values: FormValues): string {
  return values.key || values.name || ''
}
