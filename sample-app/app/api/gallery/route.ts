export { gallery as GET } from '@/lib/api/posts'
