import type { NoticeTone } from '@/app/_components/ui/notice.tsx'

/** What a test came to, and where to look further. */
export interface TestState {
  result: { tone: NoticeTone; message: string } | null
  links: { href: string; label: string }[]
}

export const NOT_TESTED: TestState = { result: null, links: [] }
