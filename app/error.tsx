'use client'
export { Failure as default } from './_components/frame/failure.client.tsx'
