export { ended as GET } from '@/lib/api/auth'
