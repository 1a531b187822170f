'use client';

import '../accounts/accounts.css';
import './settings.css';
import { useState } from 'react';
import { AccountProblem } from '@/components/accounts/account-problem';
import { PageBar } from '@/components/shell/page-bar';
import { Button } from '@/components/ui/button';
import { useCall } from '@/lib/client/accounts/use-call';
import { examine, type Finding } from '@/lib/client/operator/operator-calls';
import { useLaterTexts } from '@/lib/texts/use-texts';

/** Looks at what the server needs, when asked. */
export function DoctorPage() {
  const { doctor: words } = useLaterTexts().operator;
  const calls = useCall();
  const [findings, setFindings] = useState<readonly Finding[] | null>(null);
  return (
    <div className="page">
      <PageBar />
      <div className="plain-page account-page" id="main" tabIndex={-1}>
        <section className="account-section">
          <h1>{words.title}</h1>
          <p>{words.about}</p>
          <Button
            softDisabled={calls.busy}
            onClick={() => {
              calls.run(examine, (answer) => {
                setFindings(answer.findings);
              });
            }}
          >
            {calls.busy ? words.busy : words.go}
          </Button>
          <AccountProblem problem={calls.problem} />
          <output>
            {findings && words.found(countOf(findings, 'problem'), countOf(findings, 'warning'))}
          </output>
        </section>
        {findings && <Findings findings={findings} />}
      </div>
    </div>
  );
}

const countOf = (findings: readonly Finding[], level: Finding['level']): number =>
  findings.filter((each) => each.level === level).length;

const Findings = ({ findings }: { findings: readonly Finding[] }) => {
  const { doctor: words } = useLaterTexts().operator;
  return (
    <ul className="account-rows server-findings">
      {findings.map(({ area, level, says }) => (
        <li key={`${area} ${says}`} data-level={level}>
          <div>
            <strong>{words.levels[level]}</strong> {words.areas[area]}
            <small lang="en">{says}</small>
          </div>
        </li>
      ))}
    </ul>
  );
};
