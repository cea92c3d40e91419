/* Single keys for lists: j/k or arrows move, Enter opens, x ticks; [data-key] elements are pressed by their key. Off while typing,
   and a person can switch single keys off on a workstation (WCAG 2.1.4). Each key has a visible button or link. */
"use strict";

(() => {
  const STORE = "govrepo.keys";
  const help = document.getElementById("keys-help");
  const toggle = document.getElementById("keys-on");

  function enabled() {
    try { return localStorage.getItem(STORE) !== "off"; } catch (error) { return true; }
  }

  const typing = (element) => element.isContentEditable || /^(textarea|select)$/i.test(element.tagName)
    || (element.tagName === "INPUT" && !/^(checkbox|radio|button|submit)$/.test(element.type));
  const rows = () => Array.from(document.querySelectorAll("tr[data-row]"));
  const current = () => (document.activeElement ? document.activeElement.closest("tr[data-row]") : null);
  const opener = (row) => row.querySelector("[data-open]");

  function move(step) {
    const all = rows();
    const next = all[all.indexOf(current()) + step] || (current() ? null : all[0]);
    if (!next || !opener(next)) return false;
    opener(next).focus();
    next.scrollIntoView({ block: "nearest" });
    return true;
  }

  function tick(row) {
    const box = row && row.querySelector("[data-select]");
    if (box) box.click();
    return Boolean(box);
  }

  /* A key of the bulk bar with nothing selected means the row one stands on. */
  function press(target) {
    const form = target.closest("form[data-selection]");
    if (form && target.closest("[data-bulk]") && !form.querySelector("[data-select]:checked")) tick(current());
    if (target.disabled) return;
    if (typing(target)) target.focus(); else target.click();
  }

  function byKey(key) {
    return Array.from(document.querySelectorAll("[data-key]")).find((element) => element.dataset.key === key && element.offsetParent !== null);
  }

  function handle(event) {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.key === "Escape") { if (typing(document.activeElement)) document.activeElement.blur(); closeMenus(); return; }
    if (typing(event.target) || document.querySelector("dialog[open]")) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (current() && move(event.key === "ArrowDown" ? 1 : -1)) event.preventDefault();
      return;
    }
    if (enabled() && single(event.key)) event.preventDefault();
  }

  function single(key) {
    if (key === "j" || key === "k") return move(key === "j" ? 1 : -1);
    if (key === "x") return tick(current());
    const target = byKey(key);
    if (target) press(target);
    return Boolean(target);
  }

  function closeMenus() {
    document.querySelectorAll("details.gr-menu[open]").forEach((menu) => {
      menu.open = false;
      menu.querySelector("summary").focus();
    });
  }

  const nameOf = (element) => element.getAttribute("aria-label") || element.dataset.name || element.textContent.trim();

  /* Write the key on each button and into the help; take both away when single keys are off. */
  function show() {
    document.querySelectorAll("[data-key-hint]").forEach((hint) => hint.remove());
    document.querySelectorAll("[data-key]").forEach((element) => {
      element.removeAttribute("aria-keyshortcuts");
      if (!enabled()) return;
      describe(element, nameOf(element));
    });
  }

  function describe(element, name) {
    const kbd = () => Object.assign(document.createElement("kbd"), { textContent: element.dataset.key });
    const mark = (made) => { made.setAttribute("data-key-hint", ""); return made; };
    element.setAttribute("aria-keyshortcuts", element.dataset.key);
    const term = mark(document.createElement("dt"));
    term.appendChild(kbd());
    document.getElementById("keys-list").append(term, mark(Object.assign(document.createElement("dd"), { textContent: name })));
    if (!element.classList.contains("btn")) return;
    const hint = mark(kbd());
    hint.setAttribute("aria-hidden", "true");
    element.append(" ", hint);
  }

  if (!help) return;
  toggle.checked = enabled();
  toggle.addEventListener("change", () => {
    try { localStorage.setItem(STORE, toggle.checked ? "on" : "off"); } catch (error) { /* without storage keys stay on */ }
    show();
  });
  document.getElementById("keys-button").addEventListener("click", () => help.showModal());
  document.addEventListener("keydown", handle);
  document.addEventListener("click", (event) => document.querySelectorAll("details.gr-menu[open]").forEach((menu) => {
    if (!menu.contains(event.target)) menu.open = false;
  }));
  show();
})();
