import { readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { tracedTemplates } from '../../lib/wiring/traced-templates.ts'

const lib = join(dirname(fileURLToPath(import.meta.url)), '../../lib')

test('every template under lib/ is where the builder of Vercel can find it', async () => {
  const templates = readdirSync(lib, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.tsx'))
  const modules = new Set<unknown>(await Promise.all(tracedTemplates.map((load) => load())))
  for (const file of templates) {
    expect(modules.has(await import(join(lib, file))), `${file} is missing in lib/wiring/traced-templates.ts`).toBe(
      true,
    )
  }
})
