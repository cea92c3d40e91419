/* Keeps the room that the bars at the foot of the window take: the page's end and a form's buttons stay above them. */
"use strict";

(() => {
  const bars = document.querySelector(".gr-bars");
  if (!bars || !window.ResizeObserver) return;
  const room = () => document.documentElement.style.setProperty("--gr-bars", bars.offsetHeight + "px");
  new ResizeObserver(room).observe(bars);
})();
