// What makes the desk quicker where there is a script; without one everything works as well.

import { fieldOf } from "/desk/static/chips.js";

const PAUSE_MS = 700;
let last = null;

for (const input of document.querySelectorAll("[data-find]")) {
  const rows = [...document.getElementById(input.dataset.find).children];
  input.addEventListener("input", () => {
    const wanted = input.value.trim().toLowerCase();
    for (const row of rows) row.hidden = !row.textContent.toLowerCase().includes(wanted);
  });
}

const facts = new Map([
  ...[...document.querySelectorAll("[data-put]")].map((one) => [one.dataset.put, one.textContent]),
  ...[...document.querySelectorAll("[data-said]")].map((one) => [one.dataset.said, one.textContent]),
]);
const fields = [...document.querySelectorAll("textarea.chips")].map((area) => fieldOf(area, facts));
for (const field of fields) field.element.addEventListener("focus", () => { last = field; });
for (const button of document.querySelectorAll("[data-put]")) {
  button.addEventListener("mousedown", (event) => event.preventDefault()); // the field keeps its cursor
  button.addEventListener("click", () => (last ?? fields[0])?.put(button.dataset.put));
}

const form = document.getElementById("text");
const preview = form?.querySelector("button.preview");
if (preview) {
  let waiting = 0;
  let isChanged = false;
  const show = () => form.requestSubmit(preview);
  form.addEventListener("input", () => {
    isChanged = true;
    clearTimeout(waiting);
    waiting = setTimeout(show, PAUSE_MS);
  });
  form.addEventListener("submit", (event) => { if (event.submitter !== preview) isChanged = false; });
  addEventListener("beforeunload", (event) => { if (isChanged) event.preventDefault(); });
  show();
}
