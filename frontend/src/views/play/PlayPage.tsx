import { t } from "../../i18n";
import { formatAddress } from "../../play/address/format";
import { familyOf } from "../../play/families/names";
import { state } from "../../play/store";
import { Announcer } from "./Announcer";
import { ControlBar } from "./controls/ControlBar";
import { CourseHost } from "./course/CourseHost";
import { DataColumn } from "./data/DataColumn";
import { FamilyHost } from "./families/FamilyHost";
import { FamilyTabs } from "./families/FamilyTabs";
import { Header } from "./Header";
import { NetworkColumn } from "./network/NetworkColumn";
import { Notices } from "./Notices";
import { OutputColumn } from "./output/OutputColumn";
import { WhyPanels } from "./why/WhyPanels";

/** The playground: controls above, then data, network and output side by side (one column on a narrow screen), then why; or a network beyond points. */
export function PlayPage() {
  const { embed, tab } = state.value.view;
  const family = familyOf(tab);
  document.title = t("play.title");
  return (
    <>
      {!embed && (
        <>
          <a class="skip" href="#main" onClick={skip}>{t("skip")}</a>
          <Header />
        </>
      )}
      <main id="main" tabIndex={-1} class={`play${embed ? " embed" : ""}`}>
        {!embed && <FamilyTabs />}
        <Notices />
        <CourseHost />
        {family ? <FamilyHost name={family} /> : <PointsView />}
        {embed ? <a href={wholeAddress()} target="_blank" rel="noreferrer">{t("play.leave.embed")}</a> : !family && <WhyPanels />}
      </main>
      <Announcer />
    </>
  );
}

const PointsView = () => (
  <>
    <ControlBar />
    <div class="play-columns">
      <DataColumn />
      <NetworkColumn />
      <OutputColumn />
    </div>
  </>
);

/** The same playground with header and panels. */
const wholeAddress = (): string => formatAddress({ ...state.value, view: { ...state.value.view, embed: false } }).address;

/** The hash is the page's state, so the link to the content moves the focus itself. */
function skip(event: MouseEvent): void {
  event.preventDefault();
  document.getElementById("main")?.focus();
}
