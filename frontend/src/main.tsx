import { render } from "preact";
import "../../src/pellucid/page/tokens.css";
render(<p>pellucid</p>, document.getElementById("page")!);
