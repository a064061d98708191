import { z } from 'zod'
import { kpiSpecShapes } from '../kpi/config.ts'
import { parseConnection } from '../kpi/connection.ts'

const { shared, sql } = kpiSpecShapes

const database = z.string().superRefine((text, context) => {
  const parsed = parseConnection(text)
  if (!parsed.ok) context.addIssue({ code: 'custom', message: parsed.message })
})

/** A KPI of `vigie.yaml`: a query with its database, or `pushed: true`. The key is the end of the metric's name. */
export const fileKpiSchema = z
  .strictObject({
    name: shared.name.optional(),
    unit: shared.unit,
    /** One query that answers one number. */
    sql: sql.query.optional(),
    /** A connection string; best a reference such as `${DATABASE_URL}`. */
    database: database.optional(),
    schedule: sql.schedule.unwrap().optional(),
    /** The project's when absent. */
    timeZone: sql.timeZone.unwrap().optional(),
    pushed: z.literal(true, { error: 'must be true, or left out' }).optional(),
    limits: z
      .strictObject({ below: shared.lowerLimit, above: shared.upperLimit })
      .refine(({ below, above }) => below === null || above === null || below <= above, {
        path: ['above'],
        error: 'must not be less than below',
      })
      .prefault({}),
  })
  .superRefine((kpi, context) => {
    const say = (field: string, message: string) => context.addIssue({ code: 'custom', path: [field], message })
    if (kpi.pushed === true) {
      for (const field of ['sql', 'database', 'schedule', 'timeZone'] as const)
        if (kpi[field] !== undefined) say(field, 'does not belong to a pushed KPI')
    } else if (kpi.sql === undefined) say('sql', 'is missing: a KPI needs sql and database, or pushed: true')
    else if (kpi.database === undefined) say('database', 'is missing: a query needs a connection string')
  })
export type FileKpi = z.infer<typeof fileKpiSchema>
