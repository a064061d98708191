'use client'
import { useRouter } from 'next/navigation'
import { useEffect } from 'react'

const EVERY_MS = 30_000

/** Shared by all instances: a page that asks for a faster pace is not rendered twice for the frame's own. */
let lastRefreshAt = 0

/**
 * Renders the page anew every so often while someone looks at it, and at once when they come back to it. Never while a field
 * has the focus or a dialog is open: a page must not move under someone's hands.
 */
export function LiveRefresh({ everyMs = EVERY_MS }: { everyMs?: number }) {
  const router = useRouter()
  useEffect(() => {
    lastRefreshAt = Date.now()
    const refresh = () => {
      if (document.visibilityState !== 'visible' || isBusy() || Date.now() - lastRefreshAt < everyMs - 1_000) return
      lastRefreshAt = Date.now()
      router.refresh()
    }
    const timer = setInterval(refresh, everyMs)
    document.addEventListener('visibilitychange', refresh)
    return () => {
      clearInterval(timer)
      document.removeEventListener('visibilitychange', refresh)
    }
  }, [router, everyMs])
  return null
}

function isBusy(): boolean {
  if (document.querySelector('dialog[open], :popover-open')) return true
  return document.activeElement?.matches('input, textarea, select') ?? false
}
