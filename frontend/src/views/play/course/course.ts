/** All of the course, in a part of the page of its own. */
import { startCourse } from "../../../play/course/lesson";
import { CoursePanel } from "./CoursePanel";

/** The panel of the course, which begins to follow the address. */
export function openCourse(): typeof CoursePanel {
  startCourse();
  return CoursePanel;
}
