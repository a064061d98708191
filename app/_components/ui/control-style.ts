/** One look for everything that takes text. 16 px on phones, where smaller text makes iOS zoom into the page. */
export const CONTROL_CLASS =
  'w-full rounded-md border border-control bg-surface px-2.5 text-lg sm:text-base text-ink placeholder:text-ink-faint hover:border-ink-muted focus-visible:outline-offset-0 disabled:opacity-60 aria-invalid:border-degraded aria-invalid:border-2'
