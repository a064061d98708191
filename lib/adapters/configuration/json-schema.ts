import { z } from 'zod'
import { configurationFileSchema } from '../../domain/configuration/schema.ts'

/** The format of `vigie.yaml` as JSON Schema 2020-12, for editors. What it cannot say (zones, cron expressions) is checked on apply. */
export function configurationJsonSchema(): Record<string, unknown> {
  const { $schema, ...rest } = z.toJSONSchema(configurationFileSchema, { io: 'input', target: 'draft-2020-12' })
  return {
    $schema,
    title: 'vigie.yaml',
    description:
      'Monitors, channels and report of one Vigie project. ${NAME} in any text is filled in from the environment.',
    ...rest,
  }
}
