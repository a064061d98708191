import { SkeletonList } from '@/app/_components/ui/skeleton.tsx'

export default function Loading() {
  return <SkeletonList />
}
