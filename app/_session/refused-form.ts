import { getLocale, getTranslations } from 'next-intl/server'
import type { FormState } from '@/app/_components/ui/form-state.ts'
import { deliverySentence } from '@/lib/domain/delivery/sentence.ts'
import type { FieldError } from '@/lib/ports/command-result.ts'

/**
 * Refusals in the reader's language. A page's own text for a field (`errors.<field>_<code>` or `errors.<field>` of its namespace, with
 * `{given}`) comes first; then the general one for the code; then the English sentence of whoever refused.
 */
export async function refusedForm(
  namespace: string,
  errors: readonly FieldError[],
  values: Record<string, string> = {},
): Promise<FormState> {
  const own = await getTranslations(namespace as never)
  const general = await getTranslations('refusals')
  const locale = await getLocale()
  const say = ({ field, code, given, message, messageFr }: FieldError): string => {
    const places = { given: given ?? '' }
    for (const key of [`errors.${field}_${code}`, `errors.${field}`]) {
      if (field !== null && own.has(key as never)) return own(key as never, places as never)
    }
    if (general.has(code as never)) return general(code as never, places as never)
    return locale === 'fr' && messageFr !== undefined ? messageFr : deliverySentence(message, locale)
  }
  const byField = errors.flatMap((error) => (error.field === null ? [] : [[error.field, say(error)] as const]))
  const whole = errors.find(({ field }) => field === null)
  return {
    errors: Object.fromEntries(byField),
    result: { tone: 'error', message: whole ? say(whole) : general('fields') },
    values,
  }
}

/** The text fields of a form, to be shown again. Secrets are named by the caller and left out; `$…` is React's own. */
export function typedValues(form: FormData, secret: readonly string[] = []): Record<string, string> {
  const pairs = [...form.entries()].flatMap(([name, value]) =>
    typeof value === 'string' && !name.startsWith('$') && !secret.includes(name) ? [[name, value] as const] : [],
  )
  return Object.fromEntries(pairs)
}
