import type { ComponentType } from "preact";
import { useEffect, useState } from "preact/hooks";
import { state } from "../../../play/store";

/** The course, loaded when it is opened. */
export function CourseHost() {
  const isOpen = state.value.view.course !== "";
  const [Panel, setPanel] = useState<ComponentType | null>(null);
  useEffect(() => {
    if (isOpen && !Panel) void import("./course").then(({ openCourse }) => setPanel(() => openCourse()));
  }, [isOpen]);
  return isOpen && Panel ? <Panel /> : null;
}
