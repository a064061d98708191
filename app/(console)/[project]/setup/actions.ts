'use server'

import { revalidatePath } from 'next/cache'
import { getLocale, getTranslations } from 'next-intl/server'
import type { ActionResult } from '@/app/_components/ui/action-form.client.tsx'
import { requireProject } from '@/app/_session/project.ts'
import { testInstallation } from '@/lib/commands/installation/test.ts'
import { deliverySentence } from '@/lib/domain/delivery/sentence.ts'
import type { InstallationTest } from '@/lib/ports/installation.ts'
import { wireInstallation } from '@/lib/wiring/installation.ts'

/** Tries out one part of the installation. Admins: a test reaches out in the installation's name. */
export async function runTest(slug: string, part: InstallationTest, _before: ActionResult): Promise<ActionResult> {
  const { project, role, user } = await requireProject(slug)
  const t = await getTranslations('setup.tests')
  const mail = { to: user.email, projectId: project.id, subject: t('mailSubject'), text: t('mailText') }
  const answer = await testInstallation(wireInstallation(), role, part, mail)
  if (!answer.ok) return { tone: 'error', message: (await getTranslations('refusals'))('PT403') }
  revalidatePath(`/${slug}/setup`)
  const { ok, detail } = answer.value
  return { tone: ok ? 'success' : 'error', message: deliverySentence(detail, await getLocale()) }
}
