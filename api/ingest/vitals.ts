import { wireVitalIngest } from '../../lib/wiring/vitals.ts'
import { vitalFunction } from '../_lib/ingest-vitals.ts'

/** What browsers measured of pages, sent by `public/vitals.js`. */
export const { GET, POST, OPTIONS } = vitalFunction(wireVitalIngest)
