import { createContext, use } from 'react';
import { modelName, type ModelNames } from '@/lib/page/model-name';

export const ModelNamesContext = createContext<ModelNames>({});

/** Returns the name of a model for people. */
export function useModelName(): (model: string) => string {
  const names = use(ModelNamesContext);
  return (model) => modelName(names, model);
}
