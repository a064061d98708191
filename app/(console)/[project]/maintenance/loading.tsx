import { SkeletonChart, SkeletonHeader, SkeletonTable } from '@/app/_components/ui/skeleton.tsx'

export default function Loading() {
  return (
    <div className="flex flex-col gap-6">
      <SkeletonHeader />
      <SkeletonChart height={480} />
      <SkeletonTable rows={4} />
    </div>
  )
}
