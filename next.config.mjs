/** @type {import('next').NextConfig} */
const config = {
  poweredByHeader: false,
  reactStrictMode: true,
  serverExternalPackages: ['better-sqlite3', 'pg', 'pino', 'pino-pretty', 'ioredis'],
  images: { unoptimized: true },
};

export default config;
