import {
  Activity,
  type ComponentType,
  Suspense,
  lazy,
  useEffect,
  useMemo,
  useState,
  useSyncExternalStore,
} from 'react';
import { loadWithPatience } from './load-with-patience';

const noChanges = () => () => undefined;

/** True for what the server drew and the browser takes over. */
function useTakenOver(): boolean {
  const takesOver = useSyncExternalStore(
    noChanges,
    () => false,
    () => true,
  );
  const [taken] = useState(takesOver);
  return taken;
}

interface Options<Props> {
  readonly load: () => Promise<ComponentType<Props>>;
  /** What is shown until it is loaded. */
  readonly Until: ComponentType<Props>;
  /** What is shown when it cannot be loaded: after a deployment an old page asks for files that are gone. */
  readonly Without: ComponentType<Props>;
}

/**
 * A component whose code is loaded when it is first needed. The server sends it drawn: under `Suspense` it would send
 * what is shown until then instead, for all that is not small, and a script that puts it right. `Activity` is drawn in
 * its place, and stays as the server drew it until the code is there.
 */
export function drawnLater<Props extends object>({ load, Until, Without }: Options<Props>) {
  let loading: Promise<ComponentType<Props> | null> | null = null;
  const loaded = () => (loading ??= loadWithPatience(load, wait));
  const Drawn = lazy(async () => ({ default: (await loaded()) ?? Without }));
  const DrawnBefore = lazy(async () => ({ default: (await loaded()) ?? (await forever) }));

  function TakenOver(props: Props) {
    const [first] = useState(props);
    const [state, setState] = useState<'waiting' | 'loaded' | 'missing'>('waiting');
    useEffect(() => {
      void loaded().then((found) => {
        setState(found ? 'loaded' : 'missing');
      });
    }, []);
    // React keeps what the server drew only while its element is the same one: new props must say something new.
    const shown = state === 'loaded' && !isSame(props, first) ? props : first;
    const drawn = useMemo(
      () => (
        <Activity>
          <DrawnBefore {...shown} />
        </Activity>
      ),
      [shown],
    );
    return state === 'missing' && props !== first ? <Without {...props} /> : drawn;
  }

  return function DrawnLater(props: Props) {
    if (useTakenOver()) return <TakenOver {...props} />;
    return (
      <Suspense fallback={<Until {...props} />}>
        <Drawn {...props} />
      </Suspense>
    );
  };
}

const isSame = <Props extends object>(a: Props, b: Props): boolean =>
  (Object.keys(a) as (keyof Props)[]).every((key) => Object.is(a[key], b[key]));

const wait = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
const forever = new Promise<never>(() => undefined);
