import { classToken, shapeText } from "../../play/palette";

/** A class as its shape in its colour. */
export const ClassMark = ({ label }: { label: number }) => (
  <svg class="class-mark" width="16" height="16" aria-hidden="true"><path d={shapeText(label, 8, 8, 5.5)} fill={`var(${classToken(label)})`} /></svg>
);
