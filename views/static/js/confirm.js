/* Asks before an act: a submit button with data-confirm="text"; {n} in it is the number selected in the list. */
"use strict";

(() => {
  const dialog = document.getElementById("confirm-dialog");
  const words = document.getElementById("confirm-text");
  let asking = null;
  let agreed = null;

  document.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-confirm]");
    if (!button || !button.form || !dialog || !dialog.showModal || agreed === button) return;
    if (!button.form.reportValidity()) { event.preventDefault(); return; }
    event.preventDefault();
    asking = button;
    words.textContent = button.dataset.confirm.replace("{n}", button.form.dataset.count || "1");
    document.getElementById("confirm-yes").textContent = button.dataset.name || button.firstChild.textContent.trim();
    dialog.returnValue = "no";
    dialog.showModal();
    document.getElementById("confirm-yes").focus();
  });

  if (dialog) dialog.addEventListener("close", () => {
    const button = asking;
    asking = null;
    if (!button || dialog.returnValue !== "yes") { if (button) button.focus(); return; }
    agreed = button;
    button.click();
    agreed = null;
  });
})();
