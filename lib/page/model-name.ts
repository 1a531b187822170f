/** How people read the names of models, where the operator chose another. */
export type ModelNames = Readonly<Record<string, string>>;

/** The name of a model for people. */
export const modelName = (names: ModelNames, model: string): string =>
  Object.hasOwn(names, model) ? (names[model] ?? model) : model;
