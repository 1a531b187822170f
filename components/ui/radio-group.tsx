import './radio-group.css';
import { Icon, type IconName } from './icon';

interface Option<Value> {
  readonly value: Value;
  readonly label: string;
  readonly icon?: IconName | undefined;
  /** The language of the label, where it is another than the page's. */
  readonly lang?: string | undefined;
}

interface Props<Value> {
  /** Unique in the page. */
  readonly name: string;
  readonly legend: string;
  readonly options: readonly Option<Value>[];
  readonly chosen: Value;
  readonly onChoose: (value: Value) => void;
}

/** A few options side by side, one of which is chosen. */
export function RadioGroup<Value extends string | null>({
  name,
  legend,
  options,
  chosen,
  onChoose,
}: Props<Value>) {
  return (
    <fieldset className="radio-group">
      <legend>{legend}</legend>
      <div className="radio-options">
        {options.map(({ value, label, icon, lang }) => (
          <label key={value} lang={lang}>
            <input
              type="radio"
              name={name}
              className="visually-hidden"
              checked={chosen === value}
              onChange={() => {
                onChoose(value);
              }}
            />
            {icon && <Icon name={icon} />}
            {label}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
