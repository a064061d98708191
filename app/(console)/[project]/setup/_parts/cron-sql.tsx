import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { getTranslations } from 'next-intl/server'
import { CopyButton } from '@/app/_components/ui/copy-button.client.tsx'

/** The script that makes Supabase Cron call Vigie, as it stands in the repository: with places for the secrets, never with the secrets. */
export async function CronSql() {
  const t = await getTranslations('setup.cron')
  const words = await getTranslations('words')
  const sql = await readFile(join(process.cwd(), 'supabase/cron.sql'), 'utf8')
  return (
    <details className="rounded-md border border-line">
      <summary className="flex h-10 items-center px-3 font-medium hover:bg-subtle">{t('show')}</summary>
      <div className="flex flex-col gap-3 border-t border-line p-3">
        <div>
          <CopyButton text={sql} label={words('copy')} copiedLabel={words('copied')} />
        </div>
        <pre className="font-mono text-sm whitespace-pre-wrap [overflow-wrap:anywhere]">{sql}</pre>
      </div>
    </details>
  )
}
