import { ruleKeyOf } from '../domain/pack/pack.ts'
import { type PackView, viewPack } from '../domain/pack/pack-state.ts'
import { PACKS } from '../domain/pack/packs.ts'
import type { PackProject, PackStore } from '../ports/pack-store.ts'

/** All packs and how they stand in a project. */
export async function readPacks(store: Pick<PackStore, 'load'>, project: PackProject): Promise<PackView[]> {
  const keys = PACKS.flatMap((pack) => pack.rows.map((row) => ruleKeyOf(pack, row)))
  const { installed, context } = await store.load(project, keys)
  return PACKS.map((pack) => viewPack(pack, installed, context))
}
