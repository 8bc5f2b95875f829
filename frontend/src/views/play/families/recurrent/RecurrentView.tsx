import { Choice } from "../../../../components/basic";
import { t } from "../../../../i18n";
import type { FamilyFrame } from "../../../../play/families/frames";
import { set } from "../../../../play/families/session";
import { FamilyBar } from "../FamilyBar";
import { FamilyScores } from "../FamilyScores";
import { count } from "../NumberTable";
import { Unrolled } from "./Unrolled";

const TASKS = ["first", "echo", "parity", "brackets"] as const;
const CELLS = ["rnn", "gru", "lstm"] as const;

/** A sequence of signs, and what a recurrent network keeps of it and says at every step. */
export function RecurrentView({ frame }: { frame: FamilyFrame }) {
  const { task, cell, units } = frame.settings as { task: (typeof TASKS)[number]; cell: (typeof CELLS)[number]; units: number };
  return (
    <>
      <FamilyBar frame={frame}>
        <Choice label={t("family.rnn.task")} value={task} options={TASKS.map((one) => [one, t(`family.rnn.task.${one}`)] as const)} onChange={(one) => set({ task: one })} />
        <Choice label={t("family.rnn.cell")} value={cell} options={CELLS.map((one) => [one, t(`family.rnn.cell.${one}`)] as const)} onChange={(one) => set({ cell: one })} />
        <Choice label={t("family.rnn.units")} value={String(units)} options={count(12).map((at) => [String(at + 1), String(at + 1)] as const)} onChange={(one) => set({ units: Number(one) })} />
      </FamilyBar>
      <p class="note">{t("family.rnn.lead")}</p>
      <div class="family-columns two">
        <Unrolled frame={frame} />
        <FamilyScores frame={frame} />
      </div>
    </>
  );
}
