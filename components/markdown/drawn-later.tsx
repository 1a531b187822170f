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
  let loading: Promise<{ default: ComponentType<Props> }> | null = null;
  const loadOnce = () => (loading ??= loaded(load, Without));
  const Drawn = lazy(loadOnce) as ComponentType<Props>;

  function TakenOver(props: Props) {
    const [first] = useState(props);
    const [isLoaded, setIsLoaded] = useState(false);
    useEffect(() => {
      void loadOnce().then(() => {
        setIsLoaded(true);
      });
    }, []);
    // While its props are the same React leaves alone what the server drew.
    const shown = isLoaded ? props : first;
    return useMemo(
      () => (
        <Activity>
          <Drawn {...shown} />
        </Activity>
      ),
      [shown],
    );
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

async function loaded<Props>(
  load: () => Promise<ComponentType<Props>>,
  Without: ComponentType<Props>,
): Promise<{ default: ComponentType<Props> }> {
  const wait = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
  return { default: (await loadWithPatience(load, wait)) ?? Without };
}
