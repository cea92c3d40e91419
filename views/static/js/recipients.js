/* Choosing recipients: find a unit, tick a whole group, count what is chosen; main and copy exclude each other for a unit. */
"use strict";

(() => {
  const ticked = (place, name) => place.querySelectorAll(`input[name="${name}"]:checked`).length;

  function write(line, words, place) {
    line.textContent = words.replace("{mains}", ticked(place, "mains")).replace("{copies}", ticked(place, "copies"));
  }

  function count(picker) {
    const line = picker.querySelector("[data-chosen]");
    write(line, line.dataset.chosen, picker);
    picker.querySelectorAll("[data-group-chosen]").forEach((words) => {
      const group = words.closest("details");
      if (group.querySelector(":checked")) write(words, words.dataset.groupChosen, group);
      else words.textContent = "";
    });
  }

  function other(box) {
    const name = box.name === "mains" ? "copies" : "mains";
    return box.closest("li").querySelector(`input[name="${name}"]`);
  }

  function find(picker, words) {
    picker.querySelectorAll("[data-recipient]").forEach((row) => {
      row.hidden = !row.dataset.recipient.includes(words);
    });
    if (words) picker.querySelectorAll("details").forEach((group) => { group.open = true; });
  }

  /* Tick the whole group, of what the search shows; once all are ticked, untick them. */
  function tickGroup(picker, button) {
    const group = button.closest(".gr-unit-group");
    const boxes = Array.from(group.querySelectorAll(`input[name="${button.dataset.all}"]`)).filter((box) => !box.closest("li").hidden);
    const tick = boxes.some((box) => !box.checked);
    boxes.forEach((box) => {
      box.checked = tick;
      if (tick) other(box).checked = false;
    });
    group.querySelector("details").open = true;
    button.dispatchEvent(new Event("input", { bubbles: true }));
    count(picker);
  }

  document.querySelectorAll("[data-recipients]").forEach((picker) => {
    const search = picker.querySelector("[data-find]");
    picker.addEventListener("change", (event) => {
      if (event.target === search) return;
      if (event.target.checked) other(event.target).checked = false;
      count(picker);
    });
    picker.querySelectorAll("[data-all]").forEach((button) => button.addEventListener("click", () => tickGroup(picker, button)));
    search.addEventListener("input", () => find(picker, search.value.trim()));
    search.addEventListener("keydown", (event) => { if (event.key === "Enter") event.preventDefault(); });
    count(picker);
  });
})();
