import { z } from 'zod'
import { projectSlugSchema } from '../../domain/monitor/config.ts'
import { isTimeZone } from '../../domain/time/format-zoned.ts'
import type { FieldError } from '../../ports/command-result.ts'

const emailAddress = z.email('is not an e-mail address such as ceo@example.com')

const projectFields = {
  name: z.string().trim().min(1, 'must not be empty').max(120, 'must be at most 120 characters'),
  timeZone: z.string().refine(isTimeZone, 'must be a time zone such as Europe/Paris'),
  locale: z.enum(['en', 'fr'], 'must be en or fr'),
}

/** What an admin may set of a project. */
export const projectSettingsSchema = z.strictObject({
  ...projectFields,
  reportRecipients: z.array(emailAddress).max(50, 'must be at most 50 addresses'),
})

/** What a new project needs. */
export const newProjectSchema = z.strictObject({ ...projectFields, slug: projectSlugSchema })

/** One error a field; of a list, the value that is wrong. */
export function listProjectErrors(error: z.ZodError, recipients: readonly string[] = []): FieldError[] {
  const errors = error.issues.map((issue): FieldError => {
    const [field, position] = issue.path
    const given = typeof position === 'number' ? recipients[position] : undefined
    const prefix = given === undefined ? '' : `“${given}” `
    return { field: String(field ?? ''), code: 'invalid', message: `${prefix}${issue.message}`, given }
  })
  return errors.filter((one, index) => errors.findIndex(({ field }) => field === one.field) === index)
}
