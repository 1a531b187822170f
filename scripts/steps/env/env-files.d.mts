export function parseEnvFile(text: string): {
  readonly values: Record<string, string>;
  readonly mistakes: readonly string[];
};
export function loadEnvFiles(
  mode: string,
  folder?: string,
  env?: Record<string, string | undefined>,
): string[];
