import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { ProblemText } from '@/components/ui/problem-text';
import { testConnection } from '@/lib/client/net/connection';
import { useLaterTexts } from '@/lib/texts/use-texts';

type Outcome = Awaited<ReturnType<typeof testConnection>>;

/** Tests the configured upstream, and explains a failure. */
export function ConnectionTest() {
  const words = useLaterTexts().connect;
  const [outcome, setOutcome] = useState<Outcome | 'testing' | null>(null);
  const testing = outcome === 'testing';
  return (
    <div className="connection-test">
      <Button
        className="button button-primary"
        softDisabled={testing}
        onClick={() => {
          setOutcome('testing');
          void testConnection().then(setOutcome);
        }}
      >
        {testing ? words.testing : words.test}
      </Button>
      <output>{outcome !== null && !testing && <Says outcome={outcome} />}</output>
    </div>
  );
}

function Says({ outcome }: { outcome: Outcome }) {
  const laterTexts = useLaterTexts();
  const words = laterTexts.connect;
  if (!outcome.ok) return <ProblemText problem={outcome.problem} />;
  const { value } = outcome;
  if (value.state === 'demo') return words.isDemo;
  if (value.state === 'ok') return words.works(value.model, value.ms);
  const { reason, model } = value;
  return words.failed(model, reason === null ? words.unknown : laterTexts.upstreamHelp[reason]);
}
