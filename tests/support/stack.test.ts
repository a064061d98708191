import { expect, test } from 'vitest'
import { testStack } from './stack.ts'

const stack = await testStack()

test('a member sees the own project through the API, an outsider and a visitor see none', async () => {
  const [project] = await stack.sql`insert into public.projects (slug, name) values ('demo', 'Demo') returning id`
  const viewer = await stack.user('viewer', project?.id)
  const outsider = await stack.outsider()
  const bySlug = async (client: typeof stack.anon) => (await client.from('projects').select('slug')).data ?? []
  expect(await bySlug(viewer.client)).toEqual([{ slug: 'demo' }])
  expect(await bySlug(outsider.client)).toEqual([])
  expect(await bySlug(stack.anon)).toEqual([])
  expect(await bySlug(stack.service)).toEqual([{ slug: 'demo' }])
})

test('a magic link is handed to the mailer', async () => {
  const { email, client } = await stack.outsider()
  await client.auth.signOut()
  const { error } = await stack.anon.auth.signInWithOtp({ email, options: { shouldCreateUser: false } })
  expect(error).toBeNull()
  expect(stack.mails.at(-1)).toMatchObject({ to: email })
  expect(stack.mails.at(-1)?.text).toContain('/auth/v1/verify?token=')
})
