import { randomUUID } from 'node:crypto';
import { memoryMaxChars, services } from '@/app/composition';
import { parseInput, parseQuery, readJson } from '@/lib/http/request/body';
import { json } from '@/lib/http/response/json';
import { route } from '@/lib/http/response/route';
import { editMemoryInput, forgetMemoryQuery } from '@/lib/sessions/memory';
import { presentMemory } from '@/lib/sessions/present';

const editing = (owner: string, sessionId: string) => ({
  owner,
  sessionId,
  revisionId: randomUUID(),
  now: new Date(),
});

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route('/api/sessions/:id/memory', {
  async GET(_request, { principal: { owner }, params }) {
    const { store } = await services();
    return json(presentMemory(await store.memory.get(owner, params.id)));
  },

  async PUT(request, { principal: { owner }, params }) {
    const { version, seen, ...edit } = parseInput(
      editMemoryInput(memoryMaxChars()),
      await readJson(request),
    );
    const { store } = await services();
    const edited = { ...editing(owner, params.id), edit, version, seen };
    return json(presentMemory(await store.memory.edit(edited)));
  },

  async DELETE(request, { principal: { owner }, params }) {
    const { history } = parseQuery(forgetMemoryQuery, request);
    const { store } = await services();
    if (history) await store.memory.forgetAll(owner, params.id, new Date());
    else await store.memory.edit({ ...editing(owner, params.id), edit: { memory: null } });
    return new Response(null, { status: 204 });
  },
});
