import { formatValue } from '@/lib/domain/rollup/format-value.ts'
import { unitOfVital, type Vital } from '@/lib/domain/vital/vital.ts'

/** `2.31 s`, `180 ms`, and the bare number of a layout shift. */
export function formatVital(vital: Vital, value: number, locale: 'en' | 'fr'): string {
  return formatValue(value, unitOfVital(vital), locale)
}
