import { type Guide, type Pack, type PackRow, ruleKeyOf } from './pack.ts'
import { findPack, PACKS, rowsInGuide } from './packs.ts'

/** What to install or to remove: a whole pack, everything of one guide, or single rules by key. */
export type PackChoice = { pack: string } | { guide: Guide } | { keys: readonly string[] }

export interface ChosenRows {
  pack: Pack
  rows: readonly PackRow[]
  /** All of a pack: what an older version of it left behind belongs to it, too. */
  isWhole: boolean
}

/** The rows that are meant, by pack; none when there is no such pack. */
export function rowsOfChoice(choice: PackChoice): ChosenRows[] {
  if ('pack' in choice) {
    const pack = findPack(choice.pack)
    return pack === null ? [] : [{ pack, rows: pack.rows, isWhole: true }]
  }
  const chosen =
    'guide' in choice
      ? rowsInGuide(choice.guide)
      : PACKS.map((pack) => ({ pack, rows: pack.rows.filter((row) => choice.keys.includes(ruleKeyOf(pack, row))) }))
  return chosen.filter(({ rows }) => rows.length > 0).map((one) => ({ ...one, isWhole: false }))
}

/** Keys of the rules that rows become. */
export function keysOfRows(chosen: readonly ChosenRows[]): string[] {
  return chosen.flatMap(({ pack, rows }) => rows.map((row) => ruleKeyOf(pack, row)))
}
