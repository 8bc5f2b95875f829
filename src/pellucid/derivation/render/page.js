// A symbol that the mouse or the keyboard is on lights up the step it came from; a step, all its uses.
const origin = document.getElementById("origin");

function light(event) {
  const place = event.target.closest('a[href^="#s"], main .s');
  if (event.target.closest("#origin")) return;
  document.querySelectorAll(".lit").forEach((lit) => lit.classList.remove("lit"));
  origin.hidden = true;
  if (!place) return;
  const id = place.id || place.getAttribute("href").slice(1);
  const step = document.getElementById(id);
  if (!step || !step.matches(".s")) return;
  document.querySelectorAll(`#${id}, a[href="#${id}"]`).forEach((use) => use.classList.add("lit"));
  const box = step.getBoundingClientRect();
  if (place === step || (box.height > 0 && box.top >= 0 && box.bottom <= innerHeight)) return;
  const copy = step.cloneNode(true);
  copy.removeAttribute("id");
  copy.querySelectorAll("a").forEach((link) => link.removeAttribute("href"));
  origin.replaceChildren(copy);
  origin.hidden = false;
}

// What a link leads to is unfolded, with all around it.
function unfold(id) {
  for (let place = document.getElementById(id); place; place = place.parentElement) if ("open" in place) place.open = true;
}
document.addEventListener("click", (event) => {
  const link = event.target.closest('a[href^="#"]');
  if (link) unfold(link.getAttribute("href").slice(1));
});
unfold(location.hash.slice(1));

const all = document.getElementById("all");
all.hidden = false;
all.addEventListener("click", () => {
  const open = all.textContent === "Unfold all";
  document.querySelectorAll("main details").forEach((part) => (part.open = open));
  all.textContent = open ? "Fold all" : "Unfold all";
});

// Where the drawing goes on beyond an edge of its frame, the edge says so.
const frame = document.querySelector("figure > div");
function mark() {
  const left = frame.scrollWidth - frame.clientWidth - frame.scrollLeft;
  frame.parentElement.classList.toggle("before", frame.scrollLeft > 4);
  frame.parentElement.classList.toggle("beyond", left > 4);
}
if (frame) {
  const way = frame.querySelector("path.way");
  if (way) frame.scrollLeft = way.getBBox().x - 130;
  frame.addEventListener("scroll", mark);
  addEventListener("resize", mark);
  mark();
}
document.addEventListener("mouseover", light);
document.addEventListener("focusin", light);
