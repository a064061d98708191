import { z } from 'zod'
import { httpUrl } from './schema-url.ts'

/** Somebody else's page in Statuspage's format: its address, or that of its `/api/v2/summary.json`. */
export const statusPageConfigSchema = z.strictObject({
  url: httpUrl,
  /** Names as the page writes them; the page's own indicator decides when empty. */
  components: z.array(z.string().trim().min(1).max(200)).max(50).default([]),
})
export type StatusPageConfig = z.infer<typeof statusPageConfigSchema>
