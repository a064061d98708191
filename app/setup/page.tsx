import { redirect } from 'next/navigation'
import { people } from '@/app/_session/project.ts'
import { requireUser } from '@/app/_session/require-user.ts'

/** The address that the documentation names; the check list itself stands in a project. */
export default async function SetupRedirect(): Promise<never> {
  const user = await requireUser()
  const { frame } = await people()
  const { projects } = await frame.readFrame(user.id, '')
  const first = projects[0]
  redirect(first === undefined ? '/' : `/${first.slug}/setup`)
}
