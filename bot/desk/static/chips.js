// A field in which every {fact} is one thing that can be put, moved and taken out, but not mistyped.

import { markdown } from "/desk/static/pasted.js";

const REFERENCE = /\{[a-z][a-z0-9_.:@-]*\}/g;

/** A field in place of a textarea, which stays in the form and always holds the plain words. */
export function fieldOf(area, facts) {
  const element = document.createElement("div");
  element.className = "field";
  element.contentEditable = area.closest("fieldset")?.disabled ? "false" : "true";
  element.lang = area.lang;
  element.setAttribute("role", "textbox");
  element.setAttribute("aria-multiline", "true");
  element.setAttribute("aria-label", area.getAttribute("aria-label") ?? area.closest("label")?.firstChild.textContent.trim() ?? "");
  element.append(...nodes(area.value, facts));
  area.hidden = true;
  area.after(element);

  const keep = () => {
    area.value = plain(element);
    area.dispatchEvent(new Event("input", { bubbles: true }));
  };
  element.addEventListener("input", keep);
  element.addEventListener("blur", () => {
    if (area.value !== plain(element) || hasBare(element)) element.replaceChildren(...nodes(plain(element), facts));
  });
  element.addEventListener("paste", (event) => {
    event.preventDefault(); // words, bold and lists: what else Word adds around them stays outside
    const html = event.clipboardData.getData("text/html");
    const words = (html && markdown(html)) || event.clipboardData.getData("text/plain").replace(/\r\n?/g, "\n");
    insert(element, nodes(words, facts));
    keep();
  });
  element.addEventListener("drop", (event) => event.preventDefault());
  element.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing) return;
    event.preventDefault();
    insert(element, [document.createTextNode("\n")]);
    keep();
  });
  const put = (name) => {
    insert(element, nodes(name, facts));
    keep();
  };
  return { element, put };
}

function nodes(words, facts) {
  const found = [];
  let at = 0;
  for (const match of words.matchAll(REFERENCE)) {
    found.push(document.createTextNode(words.slice(at, match.index)), chip(match[0], facts));
    at = match.index + match[0].length;
  }
  found.push(document.createTextNode(words.slice(at)));
  return found;
}

function chip(name, facts) {
  const element = document.createElement("span");
  element.className = "chip";
  element.contentEditable = "false";
  element.dataset.fact = name;
  element.title = name;
  const ask = /:[a-z]+\}$/.exec(name)?.[0].slice(0, -1) ?? "";
  element.textContent = facts.has(name) ? facts.get(name) : `${name.slice(1, -1).replace(ask, "")}${ask}`;
  return element;
}

function plain(element) {
  let words = "";
  for (const node of element.childNodes) {
    if (node.nodeType === Node.TEXT_NODE) words += node.data;
    else if (node.dataset?.fact) words += node.dataset.fact;
    else if (node.nodeName === "BR") words += "\n";
    else words += plain(node);
  }
  return words;
}

function hasBare(element) {
  return [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.search(REFERENCE) >= 0);
}

/** Put nodes where the cursor is, else at the end. */
function insert(element, added) {
  const selection = getSelection();
  const range = selection.rangeCount && element.contains(selection.getRangeAt(0).commonAncestorContainer)
    ? selection.getRangeAt(0) : endOf(element);
  range.deleteContents();
  const piece = document.createDocumentFragment();
  piece.append(...added);
  const end = piece.lastChild;
  range.insertNode(piece);
  range.setStartAfter(end);
  range.collapse(true);
  selection.removeAllRanges();
  selection.addRange(range);
}

function endOf(element) {
  const range = document.createRange();
  range.selectNodeContents(element);
  range.collapse(false);
  return range;
}
