/** A post as the browser sees it. */
export interface Post {
  id: string
  title: string
  body: string
  status: string
  tags: string[]
  authorId: string | null
  coverId: string | null
  createdAt: string
}

export interface PostPage {
  items: Post[]
  total: number
  page: number
  pageSize: number
}

/** A picture of the gallery: which file, and the post it belongs to. No URL of the storage ever comes along. */
export interface Picture {
  fileId: string
  title: string
  postId: string
}

export interface Team {
  id: string
  name: string
}
