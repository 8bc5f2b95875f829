import { register } from "..";
import { en } from "./en";

register(en, () => import("./zh").then(({ zh }) => zh));
