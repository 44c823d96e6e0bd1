export { me as GET } from '@/lib/api/auth'
