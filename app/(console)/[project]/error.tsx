'use client'
import { Failure } from '@/app/_components/frame/failure.client.tsx'

/** A page that failed; the frame around it stays, and with it the way on. */
export default function PageFailure(props: { error: unknown; retry: () => void }) {
  return <Failure {...props} isInFrame />
}
