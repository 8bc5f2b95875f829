import { t } from "../../../i18n";
import { changeTrainShare } from "../../../play/data/own";
import { anySeed, changeData, state } from "../../../play/store";
import { Control } from "../Control";
import { BatchSize } from "../controls/SettingsPanel";
import { Slider } from "../controls/inputs";
import { Distortion } from "./Distortion";
import { OwnData } from "./OwnData";
import { Thumbnails } from "./Thumbnails";

const ANY_CLASSES = ["rings", "blobs"];

/** What is learnt: data sets, how many points for training, noise, batches; and data of one's own. */
export function DataColumn() {
  const { data, view } = state.value;
  const isOwn = data.name === "own";
  return (
    <section class="play-data" aria-labelledby="data-heading">
      <h2 id="data-heading">{t("play.data")}</h2>
      <Control name="data"><Thumbnails /></Control>
      {ANY_CLASSES.includes(data.name) && (
        <Control name="data">
          <Slider field="classes" value={data.classes} least={2} greatest={8} step={1} shown={String(data.classes)} onChange={(classes, dragging) => changeData({ classes }, { dragging })} />
        </Control>
      )}
      <Control name="train_share">
        <Slider field="train_share" value={data.train_share} least={10} greatest={90} step={10} shown={`${data.train_share} %`} onChange={changeTrainShare} />
      </Control>
      {!isOwn && (
        <Control name="noise">
          <Slider field="noise" value={data.noise} least={0} greatest={50} step={5} shown={`${data.noise} %`} onChange={(noise, dragging) => changeData({ noise }, { dragging })} />
        </Control>
      )}
      <Control name="batch_size"><BatchSize /></Control>
      {!isOwn && (
        <Control name="data">
          <button type="button" onClick={() => changeData({ seed: anySeed() })}>{t("play.data.regenerate")}</button>
        </Control>
      )}
      {!view.embed && (
        <Control name="data">
          <Distortion />
          <OwnData />
        </Control>
      )}
    </section>
  );
}
