/* Brings the object shown into sight in the side column; the page itself does not move. */
const here = document.querySelector(".gr-objects [aria-current]");
const side = here && here.closest(".gr-side");
if (side) {
  side.scrollTop += here.getBoundingClientRect().top - side.getBoundingClientRect().top - side.clientHeight / 3;
}
