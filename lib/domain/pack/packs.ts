import { APPLICATION } from './application.ts'
import { BUSINESS } from './business.ts'
import { DATABASE } from './database.ts'
import { GO_LIVE } from './go-live.ts'
import { HYPERCARE } from './hypercare.ts'
import { INFRASTRUCTURE } from './infrastructure.ts'
import { LLM } from './llm.ts'
import type { Guide, Pack, PackRow } from './pack.ts'
import { PRODUCTION } from './production.ts'
import { WEB_APP_SLO } from './web-app-slo.ts'
import { WEB_VITALS } from './web-vitals.ts'

/** All that there are, in the order in which a project needs them. */
export const PACKS: readonly Pack[] = [
  GO_LIVE,
  HYPERCARE,
  PRODUCTION,
  WEB_APP_SLO,
  INFRASTRUCTURE,
  APPLICATION,
  BUSINESS,
  LLM,
  DATABASE,
  WEB_VITALS,
]

/** Null when there is no such pack. */
export function findPack(key: string): Pack | null {
  return PACKS.find((pack) => pack.key === key) ?? null
}

/** Every row that stands in one guide, with the packs that hold it. */
export function rowsInGuide(guide: Guide): { pack: Pack; rows: readonly PackRow[] }[] {
  return PACKS.map((pack) => ({ pack, rows: pack.rows.filter(({ source }) => source.guide === guide) })).filter(
    ({ rows }) => rows.length > 0,
  )
}
