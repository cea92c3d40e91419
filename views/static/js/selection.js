/* Selection in lists: tick all, tick a range with Shift, and say in the bulk bar how many are selected. */
"use strict";

(() => {
  function watch(form) {
    const all = form.querySelector("[data-select-all]");
    const boxes = () => Array.from(form.querySelectorAll("[data-select]"));
    const bar = form.querySelector("[data-bulk]");
    const words = form.querySelector("[data-selected]");
    let last = null;
    if (!bar || !all) return;

    function count() {
      const picked = boxes().filter((box) => box.checked).length;
      form.dataset.count = String(picked);
      words.textContent = words.dataset.selected.replace("{n}", picked);
      bar.toggleAttribute("data-some", picked > 0);
      bar.querySelectorAll("button").forEach((button) => { button.disabled = picked === 0; });
      all.checked = picked > 0 && picked === boxes().length;
      all.indeterminate = picked > 0 && !all.checked;
      boxes().forEach((box) => box.closest("tr").toggleAttribute("data-picked", box.checked));
    }

    function range(to) {
      const list = boxes();
      const ends = [list.indexOf(last), list.indexOf(to)].sort((a, b) => a - b);
      if (ends[0] >= 0) list.slice(ends[0], ends[1] + 1).forEach((box) => { box.checked = to.checked; });
    }

    all.addEventListener("change", () => { boxes().forEach((box) => { box.checked = all.checked; }); count(); });
    form.addEventListener("click", (event) => {
      if (!event.target.matches("[data-select]")) return;
      if (event.shiftKey) range(event.target);
      last = event.target;
      count();
    });
    window.addEventListener("pageshow", count);
    document.addEventListener("htmx:afterSwap", count);
    count();
  }

  document.querySelectorAll("form[data-selection]").forEach(watch);
})();
