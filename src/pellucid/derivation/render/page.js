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
  document.querySelectorAll(`#${id}, a[href="#${id}"]`).forEach((use) => use.classList.add("lit"));
  const box = step.getBoundingClientRect();
  if (place === step || (box.height > 0 && box.top >= 0 && box.bottom <= innerHeight)) return;
  const copy = step.cloneNode(true);
  copy.removeAttribute("id");
  copy.querySelectorAll("a").forEach((link) => link.removeAttribute("href"));
  origin.replaceChildren(copy);
  origin.hidden = false;
}

function unfold(event) {
  const link = event.target.closest('a[href^="#s"]');
  const folded = link && document.querySelector(link.getAttribute("href")).closest("details");
  if (folded) folded.open = true;
}

const way = document.querySelector("path.way");
if (way) way.closest("div").scrollLeft = way.getBBox().x - 100;
document.addEventListener("mouseover", light);
document.addEventListener("focusin", light);
document.addEventListener("click", unfold);
