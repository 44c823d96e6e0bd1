export { create as POST, list as GET } from '@/lib/api/posts'
