export { logout as POST } from '@/lib/api/auth'
