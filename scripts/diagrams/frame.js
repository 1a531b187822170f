/**
 * Draws diagrams in a frame of its own, which has no origin and may fetch nothing: docs/decisions/057. Takes one port,
 * and answers each `{ id, source, dark }` with `{ id, svg, width, height, title }` or `{ id, problem }`, or `{ id }` where
 * it is too large.
 */
import mermaid from './MERMAID/mermaid.esm.min.mjs';

/** A longer problem is cut. In UTF-16 units. */
const PROBLEM_MAX = 200;
/** Nodes and edges together: to place more takes from some seconds up to for ever. */
const PARTS_MAX = 150;
/** How Mermaid begins to say that there are more edges. */
const TOO_MANY = 'Edge limit exceeded';

const COLOURS = {
  light: { background: '#fdfcfa', main: '#e7efeb', line: '#655f56', text: '#23211d' },
  dark: { background: '#1a1917', main: '#27332e', line: '#a8a297', text: '#eae7e1' },
};

addEventListener('message', ({ ports: [port] }) => {
  port?.addEventListener('message', ({ data }) => void answer(port, data));
  port?.start();
});

async function answer(port, { id, source, dark }) {
  try {
    port.postMessage({ id, ...(await drawn(id, source, dark)) });
  } catch (error) {
    const [problem] = String(error?.message ?? error).split('\n');
    if (problem.startsWith(TOO_MANY)) port.postMessage({ id });
    else port.postMessage({ id, problem: problem.replace(/[\s:]+$/, '').slice(0, PROBLEM_MAX) });
  }
}

async function drawn(id, source, dark) {
  mermaid.initialize(settings(dark));
  if (await isLarge(source)) return {};
  const { svg } = await mermaid.render(`diagram-${id}`, source);
  const place = document.createElement('div');
  place.innerHTML = svg;
  const picture = place.querySelector('svg');
  const { width, height } = picture.viewBox.baseVal;
  picture.setAttribute('width', String(width));
  picture.setAttribute('height', String(height));
  picture.style.maxWidth = '';
  const title = picture.querySelector(':scope > title')?.textContent ?? '';
  return { svg: new XMLSerializer().serializeToString(picture), width, height, title };
}

/** Of the kinds that have nodes and edges; the others take a time that grows with their source. */
async function isLarge(source) {
  const { db } = await mermaid.mermaidAPI.getDiagramFromText(source);
  const { nodes, edges } = db.getData?.() ?? { nodes: [], edges: [] };
  return nodes.length + edges.length > PARTS_MAX;
}

/** Labels are text of the picture: what is shown as an image can hold no HTML in every browser. */
function settings(dark) {
  const { background, main, line, text } = dark ? COLOURS.dark : COLOURS.light;
  return {
    startOnLoad: false,
    securityLevel: 'strict',
    suppressErrorRendering: true,
    // Refused while it is read: a line can have thousands.
    maxEdges: PARTS_MAX,
    htmlLabels: false,
    flowchart: { htmlLabels: false },
    class: { htmlLabels: false },
    fontFamily: 'system-ui, sans-serif',
    theme: 'base',
    themeVariables: {
      darkMode: dark,
      background,
      primaryColor: main,
      primaryTextColor: text,
      primaryBorderColor: line,
      lineColor: line,
      textColor: text,
      fontFamily: 'system-ui, sans-serif',
    },
  };
}
