/** The name with its mark: a lookout's V with the eye in it. */
export function Wordmark({ className = '' }: { className?: string }) {
  return (
    <span className={`inline-flex items-center gap-2 text-lg font-semibold tracking-tight ${className}`}>
      <svg aria-hidden="true" viewBox="0 0 32 32" className="size-5">
        <path
          d="M4 9l12 17L28 9"
          fill="none"
          stroke="currentColor"
          strokeWidth="3.5"
          strokeLinecap="round"
          strokeLinejoin="round"
        />
        <circle cx="16" cy="9" r="3.5" fill="currentColor" />
      </svg>
      Vigie
    </span>
  )
}
