import { SkeletonChart, SkeletonHeader, SkeletonTable } from '@/app/_components/ui/skeleton.tsx'

export default function Loading() {
  return (
    <div className="flex flex-col gap-6">
      <SkeletonHeader />
      <SkeletonChart height={72} />
      <div className="grid gap-8 lg:grid-cols-2">
        <SkeletonChart />
        <SkeletonChart />
      </div>
      <SkeletonTable rows={6} />
    </div>
  )
}
