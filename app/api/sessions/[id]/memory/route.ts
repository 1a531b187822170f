import { randomUUID } from 'node:crypto';
import { memoryBounds, services } from '@/app/composition';
import { parseInput, parseQuery, readJson } from '@/lib/http/request/body';
import { json } from '@/lib/http/response/json';
import { route } from '@/lib/http/response/route';
import * as inputs from '@/lib/sessions/memory/memory';
import { presentMemory } from '@/lib/sessions/memory/present';

const editing = (owner: string, sessionId: string) => ({
  owner,
  sessionId,
  revisionId: randomUUID(),
  now: new Date(),
});
const present = (memory: inputs.Memory) => json(presentMemory(memory, memoryBounds()));

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route('/api/sessions/:id/memory', {
  async GET(_request, { principal: { owner }, params }) {
    const { store } = await services();
    return present(await store.memory.get(owner, params.id));
  },

  async PUT(request, { principal: { owner }, params }) {
    const schema = inputs.editMemoryInput(memoryBounds().maxChars);
    const { version, seen, ...edit } = parseInput(schema, await readJson(request));
    const { store } = await services();
    const edited = { ...editing(owner, params.id), edit, version, expected: seen };
    return present(await store.memory.edit(edited));
  },

  async PATCH(request, { principal: { owner }, params }) {
    const input = parseInput(inputs.changeMemoryInput, await readJson(request));
    const { store } = await services();
    const changed = { ...editing(owner, params.id), ...input, maxChars: memoryBounds().maxChars };
    return present(await store.memory.change(changed));
  },

  async DELETE(request, { principal: { owner }, params }) {
    const { history } = parseQuery(inputs.forgetMemoryQuery, request);
    const { store } = await services();
    if (history) await store.memory.forgetAll(owner, params.id, new Date());
    else await store.memory.edit({ ...editing(owner, params.id), edit: { memory: null } });
    return new Response(null, { status: 204 });
  },
});
