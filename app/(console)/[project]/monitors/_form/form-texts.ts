import { getMessages } from 'next-intl/server'
import type { FormTexts } from './form-context.ts'

/** The texts of the form, as plain values that may go to the browser. Its errors and results stay on the server. */
export async function readFormTexts(): Promise<FormTexts> {
  const { monitorForm } = (await getMessages()) as unknown as { monitorForm: FormTexts & Record<string, unknown> }
  const { errors: _errors, result: _result, ...texts } = monitorForm
  return texts
}
