export function FormulaSource({ source }: { readonly source: string }) {
  return <code className="md-formula-source">{source}</code>;
}
