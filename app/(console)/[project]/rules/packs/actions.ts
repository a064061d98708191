'use server'
import { revalidatePath } from 'next/cache'
import { getTranslations } from 'next-intl/server'
import { requireProject } from '@/app/_session/project.ts'
import { refusedForm } from '@/app/_session/refused-form.ts'
import { type InstalledPack, installPack } from '@/lib/commands/pack/install.ts'
import { uninstallPack } from '@/lib/commands/pack/uninstall.ts'
import type { PackChoice } from '@/lib/domain/pack/choice.ts'
import { GUIDES } from '@/lib/domain/pack/pack.ts'
import type { FieldError } from '@/lib/ports/command-result.ts'
import type { PackActionState } from './_parts/pack-action-state.ts'

/** Installs, upgrades or removes what the form names, or takes the last of these back. */
export async function changePack(slug: string, _before: PackActionState, form: FormData): Promise<PackActionState> {
  switch (form.get('op')) {
    case 'install':
      return install(slug, chosenBy(form), 'install')
    case 'upgrade':
      return install(slug, chosenBy(form), 'upgrade')
    case 'undo_uninstall':
      return install(slug, { keys: keysIn(form, 'undoKeys') }, 'install')
    case 'uninstall':
      return uninstall(slug, chosenBy(form), false)
    case 'undo_install':
      return uninstall(slug, { keys: keysIn(form, 'undoKeys') }, false)
    case 'remove_changed':
      return uninstall(slug, { keys: keysIn(form, 'changedKeys') }, true)
    default:
      return null
  }
}

async function install(slug: string, choice: PackChoice, mode: 'install' | 'upgrade'): Promise<PackActionState> {
  const { people, project } = await requireProject(slug)
  const answer = await installPack(people.packs, project, choice, mode)
  if (!answer.ok) return refused(answer.errors)
  revalidatePath(`/${slug}/rules`, 'layout')
  const { added } = answer.value
  const undo = added.length > 0 ? { op: 'undo_install' as const, keys: added } : null
  return { tone: 'success', message: await sayInstalled(answer.value), undo, changedKeys: [] }
}

async function sayInstalled({ added, upgraded, kept, skipped }: InstalledPack): Promise<string> {
  const t = await getTranslations('packs.done')
  const covered = skipped.filter(({ reason }) => reason === 'same_as').length
  const unmade = skipped.filter(({ reason }) => reason !== 'deleted' && reason !== 'same_as').length
  const sentences = [
    added.length > 0 && t('added', { count: added.length }),
    upgraded.length > 0 && t('upgraded', { count: upgraded.length }),
    kept.length > 0 && t('kept', { count: kept.length }),
    covered > 0 && t('covered', { count: covered }),
    unmade > 0 && t('skipped', { count: unmade }),
  ].filter((sentence) => sentence !== false)
  return sentences.length === 0 ? t('nothing') : sentences.join(' ')
}

async function uninstall(slug: string, choice: PackChoice, alsoChanged: boolean): Promise<PackActionState> {
  const { people, project } = await requireProject(slug)
  const answer = await uninstallPack(people.packs, project, choice, alsoChanged)
  if (!answer.ok) return refused(answer.errors)
  revalidatePath(`/${slug}/rules`, 'layout')
  const { remove, keep } = answer.value
  const t = await getTranslations('packs.done')
  const changedKeys = keep.map(({ key }) => key)
  const removed = remove.length === 0 ? t('nothingRemoved') : t('removed', { count: remove.length })
  const stays = changedKeys.length === 0 ? '' : t('stays', { count: changedKeys.length, keys: changedKeys.join(', ') })
  const undo = remove.length > 0 && !alsoChanged ? { op: 'undo_uninstall' as const, keys: remove } : null
  return { tone: 'success', message: `${removed} ${stays}`.trim(), undo, changedKeys }
}

async function refused(errors: readonly FieldError[]): Promise<PackActionState> {
  const { result } = await refusedForm('packs', errors)
  return result && { ...result, undo: null, changedKeys: [] }
}

function chosenBy(form: FormData): PackChoice {
  const guide = GUIDES.find((one) => one === form.get('guide'))
  return guide === undefined ? { pack: String(form.get('pack') ?? '') } : { guide }
}

function keysIn(form: FormData, field: string): string[] {
  return String(form.get(field) ?? '')
    .split(',')
    .filter(Boolean)
}
