import { CopyButton } from '@/app/_components/ui/copy-button.client.tsx'
import { Notice } from '@/app/_components/ui/notice.tsx'
import type { ConnectState } from './connect-state.ts'

export type MadeTexts = Record<'made' | 'address' | 'secret' | 'once' | 'copy' | 'copied' | 'steps', string>

/** The address that the platform is to call, and the secret that goes with it. */
export function MadeNotice({ made, texts, isNew }: { made: ConnectState['made']; texts: MadeTexts; isNew: boolean }) {
  if (made === null) return null
  return (
    <Notice tone="success" title={isNew ? texts.made : texts.once}>
      <dl className="mt-1 flex flex-col gap-2">
        <Copied label={texts.address} text={made.address} texts={texts} />
        {made.secret !== null && <Copied label={texts.secret} text={made.secret} texts={texts} />}
      </dl>
      {isNew && (
        <a href={made.href} className="mt-2 inline-block underline underline-offset-4">
          {texts.steps}
        </a>
      )}
    </Notice>
  )
}

function Copied({ label, text, texts }: { label: string; text: string; texts: MadeTexts }) {
  return (
    <div>
      <dt className="text-sm text-ink-muted">{label}</dt>
      <dd className="flex flex-wrap items-center gap-2">
        <code className="min-w-0 font-mono text-sm [overflow-wrap:anywhere]">{text}</code>
        <CopyButton text={text} label={texts.copy} copiedLabel={texts.copied} />
      </dd>
    </div>
  )
}
