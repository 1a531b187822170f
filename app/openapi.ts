import 'server-only';
import { memoryBounds } from '@/app/composition';
import { openapiDocument } from '@/lib/openapi/document';
import manifest from '@/package.json';

type Document = ReturnType<typeof openapiDocument>;

let made: Document | undefined;

/** The API of this deployment as an OpenAPI document, made once. */
export const openapi = (): Document =>
  (made ??= openapiDocument({
    version: manifest.version,
    memoryMaxChars: memoryBounds().maxChars,
  }));
