import type { Problem } from '../api.ts';
import { useLanguage } from '../language.tsx';

/** List of findings, each with its severity in words. */
export function Findings({ problems }: { problems: readonly Problem[] }) {
  const { say } = useLanguage();
  if (problems.length === 0) return null;
  return (
    <section>
      <h3>{say('findings', problems.length)}</h3>
      <ul className="findings">
        {problems.map(({ code, severity, message, pointer, hint }) => (
          <li key={`${code} ${pointer} ${message}`} className={severity}>
            <p>
              <strong>{say(severity)}</strong> {message}
            </p>
            {hint && <p>{hint}</p>}
            <p className="fine">
              {code} {pointer && <code>{pointer}</code>}
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}
