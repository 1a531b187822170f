import { useModelName } from '@/lib/client/models/model-names';

/** The options of a `select`, by the names that people read. */
export function ModelOptions({ models }: { readonly models: readonly string[] }) {
  const nameOf = useModelName();
  return models.map((model) => (
    <option key={model} value={model}>
      {nameOf(model)}
    </option>
  ));
}
