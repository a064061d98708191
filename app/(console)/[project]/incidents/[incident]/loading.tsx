import { SkeletonChart, SkeletonHeader, SkeletonTable } from '@/app/_components/ui/skeleton.tsx'

export default function Loading() {
  return (
    <div className="flex flex-col gap-6">
      <SkeletonHeader />
      <SkeletonTable rows={3} />
      <SkeletonChart height={220} />
      <SkeletonTable rows={8} />
    </div>
  )
}
