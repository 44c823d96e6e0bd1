export { colour as GET } from '@/lib/api/files'
