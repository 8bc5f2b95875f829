import { register } from "..";
import { en } from "./families.en";
import { zh } from "./families.zh";

register(en, zh);
