import { z } from 'zod'
import { COMPONENT_STATUSES, INDICATORS } from '../../../domain/probe/status-page.ts'

const NAME_MAX_CHARS = 500
const LIST_MAX = 5_000

/** Longer names are cut and not refused: they are somebody else's, and only shown. */
const name = z.string('must be text').transform((text) => text.trim().slice(0, NAME_MAX_CHARS))
const id = z.string('must be text').max(200)

const component = z.object({
  id,
  name,
  status: z.enum(COMPONENT_STATUSES, `must be ${COMPONENT_STATUSES.join(', ')}`),
  group_id: id.nullish(),
})

/** Whatever is wrong with an incident, the verdict stands without it: its fields are read as far as they are right. */
const incident = z.object({
  name: name.catch(''),
  status: z.string().catch(''),
  impact: z.enum(INDICATORS).catch('none'),
  shortlink: z.string().max(2_048).nullish().catch(null),
  components: z.array(z.object({ id })).catch([]),
  incident_updates: z
    .array(
      z.object({
        affected_components: z
          .array(z.object({ code: id }))
          .nullish()
          .catch(null),
      }),
    )
    .catch([]),
})
export type GivenIncident = z.output<typeof incident>

const incidents = z.array(incident).max(LIST_MAX).catch([])

/** `/api/v2/summary.json` (metastatuspage.com/api). Pages add fields of their own: what is not known is passed over. */
export const summarySchema = z.object({
  status: z.object({
    indicator: z.enum(INDICATORS, `must be ${INDICATORS.join(', ')}`),
    description: name.catch(''),
  }),
  components: z.array(component, 'must be a list').max(LIST_MAX, `may have ${LIST_MAX} items`).default([]),
  incidents: incidents.default([]),
  scheduled_maintenances: incidents.default([]),
})
