'use client'
import './globals.css'
import { Failure } from './_components/frame/failure.client.tsx'

/** Replaces the root layout when that itself failed, so it brings its own document. */
export default function GlobalError(props: { error: unknown; retry: () => void }) {
  return (
    <html lang="en">
      <body>
        <Failure {...props} />
      </body>
    </html>
  )
}
