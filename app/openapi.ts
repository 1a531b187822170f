import 'server-only';
import { memoryBounds } from '@/app/composition';
import { openapiDocument } from '@/lib/openapi/document';
import manifest from '@/package.json';

type Document = ReturnType<typeof openapiDocument>;

let cached: Document | undefined;

/** The API of this deployment as an OpenAPI document, made once. */
export const openapi = (): Document =>
  (cached ??= openapiDocument({
    version: manifest.version,
    memoryMaxChars: memoryBounds().maxChars,
  }));
