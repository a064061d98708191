import type { RowView } from '@/lib/domain/pack/pack-state.ts'

/** There as a rule, changed or not. */
export function hasRule({ state }: Pick<RowView, 'state'>): boolean {
  return state === 'installed' || state === 'customised' || state === 'update_available'
}
