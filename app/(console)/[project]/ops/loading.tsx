import { PanelGrid } from '@/app/_components/dashboard/panel-grid.tsx'
import { SkeletonChart, SkeletonHeader } from '@/app/_components/ui/skeleton.tsx'

export default function Loading() {
  return (
    <div className="flex flex-col gap-6">
      <SkeletonHeader />
      <PanelGrid>
        {Array.from({ length: 6 }, (_, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: six equal shapes
          <SkeletonChart key={index} />
        ))}
      </PanelGrid>
    </div>
  )
}
