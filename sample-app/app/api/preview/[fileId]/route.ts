export { preview as GET, preview as HEAD } from '@/lib/api/files'
