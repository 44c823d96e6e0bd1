import { join } from 'node:path'
import type { NextConfig } from 'next'

const config: NextConfig = {
  distDir: process.env['NEXT_DIST_DIR'] ?? '.next',
  poweredByHeader: false,
  productionBrowserSourceMaps: false,
  reactStrictMode: true,
  // `npm run check` holds the types; a build need not hold them a second time
  typescript: { ignoreBuildErrors: true },
  // one store for pages and routes: bundled, ioredis-mock splits in two
  serverExternalPackages: ['ioredis', 'ioredis-mock', 'pngjs'],
  turbopack: { root: join(import.meta.dirname, '..') },
}

export default config
