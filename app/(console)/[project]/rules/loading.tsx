import { SkeletonHeader, SkeletonTable } from '@/app/_components/ui/skeleton.tsx'

export default function Loading() {
  return (
    <div className="flex flex-col gap-6">
      <SkeletonHeader />
      <SkeletonTable rows={8} />
    </div>
  )
}
