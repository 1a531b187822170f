import { randomUUID } from 'node:crypto';
import { services } from '@/app/composition';
import { parseInput, parseQuery, readJson } from '@/lib/http/request/body';
import { json } from '@/lib/http/response/json';
import { route } from '@/lib/http/response/route';
import { forgetMemoryQuery } from '@/lib/sessions/memory/memory';
import { editAboutInput, presentAbout, undoAboutInput } from '@/lib/sessions/about/about';

const writing = (owner: string) => ({ owner, revisionId: randomUUID(), now: new Date() });

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route('/api/about', {
  async GET(_request, { principal: { owner } }) {
    const { store } = await services();
    return json(presentAbout(await store.about.get(owner)));
  },

  async PUT(request, { principal: { owner } }) {
    const { about: text, seen } = parseInput(editAboutInput, await readJson(request));
    const { store } = await services();
    return json(presentAbout(await store.about.edit({ ...writing(owner), text, expected: seen })));
  },

  async PATCH(request, { principal: { owner } }) {
    const { undo: undoes } = parseInput(undoAboutInput, await readJson(request));
    const { store } = await services();
    return json(presentAbout(await store.about.undo({ ...writing(owner), undoes })));
  },

  async DELETE(request, { principal: { owner } }) {
    const { history } = parseQuery(forgetMemoryQuery, request);
    const { store } = await services();
    if (history) await store.about.forgetAll(owner);
    else await store.about.edit({ ...writing(owner), text: null });
    return new Response(null, { status: 204 });
  },
});
