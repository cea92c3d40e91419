/* Opening the box is the check-in of the half-day: where none is recorded yet, the page sends the form by itself, as a POST.
   Tried once per box and visit; without this script the button does it. */
"use strict";

(() => {
  const form = document.querySelector("form[data-check-in]");
  if (!form) return;
  const mark = "govrepo.check-in." + form.dataset.checkIn;

  function tried() {
    try { return sessionStorage.getItem(mark) !== null; } catch (error) { return false; }
  }

  function remember() {
    try { sessionStorage.setItem(mark, "yes"); } catch (error) { /* without storage the next page tries again */ }
  }

  async function send() {
    const headers = { "X-Requested-With": "XMLHttpRequest" };
    const answer = await fetch(form.action, { method: "POST", body: new FormData(form), headers: headers, credentials: "same-origin" });
    if (!answer.ok) return;
    remember();
    form.replaceWith(Object.assign(document.createElement("span"), { className: "gr-hint", textContent: form.dataset.done }));
  }

  /* When the server cannot be reached the button stays; the next page of the box tries again. */
  if (!tried()) send().catch(() => {});
})();
