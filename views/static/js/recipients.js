/* Choosing recipients: find a unit, tick a whole group, count what is chosen; main and copy exclude each other in a row. */
(function () {
  "use strict";

  function boxes(picker, name) {
    return Array.from(picker.querySelectorAll('input[name="' + name + '"]'));
  }

  function count(picker) {
    const line = picker.querySelector("[data-chosen]");
    const number = (name) => boxes(picker, name).filter((box) => box.checked).length;
    line.textContent = line.dataset.chosen.replace("{mains}", number("mains")).replace("{copies}", number("copies"));
  }

  function other(box) {
    const name = box.name === "mains" ? "copies" : "mains";
    return box.closest("tr").querySelector('input[name="' + name + '"]');
  }

  function find(picker, words) {
    picker.querySelectorAll("tr[data-recipient]").forEach((row) => {
      row.hidden = words !== "" && !row.dataset.recipient.includes(words);
    });
    if (words !== "") {
      picker.querySelectorAll("details").forEach((group) => { group.open = true; });
    }
  }

  function tickGroup(picker, button) {
    const wanted = boxes(button.closest("details"), button.dataset.all).filter((box) => !box.closest("tr").hidden);
    const tick = wanted.some((box) => !box.checked);
    wanted.forEach((box) => {
      box.checked = tick;
      if (tick) { other(box).checked = false; }
    });
    count(picker);
  }

  document.querySelectorAll("[data-recipients]").forEach((picker) => {
    picker.addEventListener("change", (event) => {
      if (event.target.name && event.target.checked && event.target.closest("tr")) { other(event.target).checked = false; }
      count(picker);
    });
    picker.querySelectorAll("[data-all]").forEach((button) => button.addEventListener("click", (event) => {
      event.preventDefault();
      tickGroup(picker, button);
    }));
    const search = picker.querySelector("[data-find]");
    search.addEventListener("input", () => find(picker, search.value.trim()));
    search.addEventListener("keydown", (event) => { if (event.key === "Enter") { event.preventDefault(); } });
    count(picker);
  });
}());
