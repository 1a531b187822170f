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
import { loadWithRetries } from './load-with-retries';

const noChanges = () => () => undefined;

/** True on the server, and for a component that hydrates the server's markup, for as long as it is mounted. */
export function useTakenOver(): boolean {
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
  /** Shown until the code is loaded. */
  readonly Until: ComponentType<Props>;
  /** Shown when the code cannot be loaded: after a deployment an old page requests files that no longer exist. */
  readonly Without: ComponentType<Props>;
}

/**
 * A component whose code is loaded on first use. With `Suspense` the server would send the fallback for large content,
 * and a script to replace it. `Activity` hydrates instead, and keeps the server's markup until the code is loaded, unless
 * a context around it changes meanwhile: then React renders it again.
 */
export function lazyComponent<Props extends object>({ load, Until, Without }: Options<Props>) {
  let loading: Promise<ComponentType<Props> | null> | null = null;
  let ready: ComponentType<Props> | null = null;
  const loaded = () =>
    (loading ??= loadWithRetries(load).then((found) => {
      ready = found;
      return found;
    }));
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

  function DrawnLater(props: Props) {
    // The one that was loaded at the first render: another one later would be rendered again.
    const [Ready] = useState(() => ready);
    if (useTakenOver()) return <TakenOver {...props} />;
    if (Ready) return <Ready {...props} />;
    return (
      <Suspense fallback={<Until {...props} />}>
        <Drawn {...props} />
      </Suspense>
    );
  }
  return Object.assign(DrawnLater, {
    /** Loads the code before it is needed, so that `Until` is not seen. */
    preload: () => {
      void loaded();
    },
  });
}

const isSame = <Props extends object>(a: Props, b: Props): boolean =>
  (Object.keys(a) as (keyof Props)[]).every((key) => Object.is(a[key], b[key]));

const forever = new Promise<never>(() => undefined);
