import { language, t } from "../../i18n";
import { findPreset, PRESETS } from "../../play/presets";
import { beginPreset } from "../../play/beginPreset";
import { preset } from "../../play/store";
import { Control } from "./Control";

/** Each preset is a file; the menu has them all. */
export function PresetMenu() {
  return (
    <Control name="presets">
      <select
        class="presets" aria-label={t("play.preset")} value={preset.value ?? ""}
        onChange={(event) => {
          const found = findPreset(event.currentTarget.value);
          if (found) beginPreset(found);
        }}
      >
        <option value="" disabled>{t("play.preset.none")}</option>
        {(["good", "bad"] as const).map((kind) => (
          <optgroup key={kind} label={t(`play.preset.${kind}`)}>
            {PRESETS.filter((one) => one.kind === kind).map((one) => (
              <option key={one.name} value={one.name}>{one.texts[language.value].title}</option>
            ))}
          </optgroup>
        ))}
      </select>
    </Control>
  );
}

/** What to look for in the preset, and what to try next. */
export function PresetTexts() {
  const texts = findPreset(preset.value)?.texts[language.value];
  if (!texts) return null;
  return (
    <div class="preset-texts">
      <p><b>{t("play.see")}</b> {texts.see}</p>
      <p><b>{t("play.try")}</b> {texts.try}</p>
    </div>
  );
}
