export { login as POST } from '@/lib/api/auth'
