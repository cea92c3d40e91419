/* Forms: warn before a changed form is left (data-guard), never send one twice, and go to what is wrong. */
"use strict";

(() => {
  let changed = Boolean(document.querySelector('form[data-guard="changed"]'));
  let sending = false;

  document.addEventListener("input", (event) => {
    if (event.target.closest("form[data-guard]")) changed = true;
  });
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method === "dialog" || event.defaultPrevented) return;
    if (form.hasAttribute("aria-busy")) { event.preventDefault(); return; }
    form.setAttribute("aria-busy", "true");
    sending = true;
  });
  /* A page that comes back from the browser's memory must be usable again. */
  window.addEventListener("pageshow", () => {
    sending = false;
    document.querySelectorAll("form[aria-busy]").forEach((form) => form.removeAttribute("aria-busy"));
  });
  window.addEventListener("beforeunload", (event) => {
    if (!changed || sending) return;
    event.preventDefault();
    event.returnValue = "";
  });

  /* A part that refreshes itself must not take away a tick just made, nor the place one stands on. */
  document.addEventListener("htmx:beforeRequest", (event) => {
    const polled = (event.target.getAttribute("hx-trigger") || "").includes("every");
    if (polled && event.target.querySelector(":checked, :focus")) event.preventDefault();
  });

  const errors = document.getElementById("errors");
  if (errors) errors.focus();
  document.addEventListener("click", (event) => {
    const link = event.target.closest("#errors a");
    const field = link && document.getElementById(link.hash.slice(1));
    if (!field) return;
    event.preventDefault();
    field.focus();
    field.scrollIntoView({ block: "center" });
  });
})();
