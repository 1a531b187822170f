import { CodeBlock } from './code/code-block';
import { DiagramBlock } from './diagrams/diagram-block';

interface Props {
  /** The info string of the fence. */
  readonly name: string;
  readonly code: string;
  readonly coloured: boolean;
  readonly streaming: boolean;
}

/** What stands between fences: a diagram, or code. */
export const Fenced = (props: Props) =>
  props.name.toLowerCase() === 'mermaid' ? <DiagramBlock {...props} /> : <CodeBlock {...props} />;
