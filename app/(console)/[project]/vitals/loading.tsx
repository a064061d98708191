import { SkeletonChart, SkeletonHeader, SkeletonTable } from '@/app/_components/ui/skeleton.tsx'

export default function Loading() {
  return (
    <div className="flex flex-col gap-8">
      <SkeletonHeader />
      <SkeletonTable rows={6} />
      <SkeletonChart />
      <SkeletonTable rows={8} />
    </div>
  )
}
