import type { NoticeTone } from '@/app/_components/ui/notice.tsx'

/** What became of a press of one of a pack's buttons; null before the first. */
export type PackActionState = {
  tone: NoticeTone
  message: string
  /** What takes it back, and the rules that it is about. */
  undo: { op: 'undo_install' | 'undo_uninstall'; keys: readonly string[] } | null
  /** Rules that stayed because people changed them. */
  changedKeys: readonly string[]
} | null
