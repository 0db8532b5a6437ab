// A text and its entities -> nodes. Text is only ever put in as text; each known entity has one element of its own.

const PLAIN = {
  bold: "strong", italic: "em", underline: "u", strikethrough: "s", pre: "pre",
  blockquote: "blockquote", expandable_blockquote: "blockquote",
};

/** The nodes of a text. `taps` says what a tap does: command(words), name(words), copy(words), link(address). */
export function words(text, entities, taps) {
  const sorted = [...entities].sort((a, b) => a.offset - b.offset || b.length - a.length);
  return part(text, 0, text.length, sorted, taps);
}

function part(text, from, to, entities, taps) {
  const nodes = document.createDocumentFragment();
  let at = from;
  entities.forEach((entity, index) => {
    const end = entity.offset + entity.length;
    if (entity.offset < at || end > to) return;
    nodes.append(text.slice(at, entity.offset));
    const inside = entities.slice(index + 1).filter((one) => one.offset >= entity.offset && one.offset + one.length <= end);
    const element = built(entity, text.slice(entity.offset, end), taps);
    element.append(part(text, entity.offset, end, inside, taps));
    nodes.append(element);
    at = end;
  });
  nodes.append(text.slice(at, to));
  return nodes;
}

function built(entity, shown, taps) {
  switch (entity.type) {
    case "text_link": return hiddenLink(entity.url, shown, taps);
    case "url": return anchor(/^https?:/i.test(shown) ? shown : `http://${shown}`);
    case "email": return anchor(`mailto:${shown}`);
    case "phone_number": return anchor(`tel:${shown.replace(/[^+\d]/g, "")}`);
    case "bot_command": return tap("button", () => taps.command(shown));
    case "mention":
    case "hashtag": return tap("button", () => taps.name(shown));
    case "code": return tap("code", () => taps.copy(shown));
    case "spoiler": return spoiler();
    default: return document.createElement(PLAIN[entity.type] ?? "span");
  }
}

/** Telegram asks before it opens an address that is not the one shown. */
function hiddenLink(address, shown, taps) {
  const element = anchor(address);
  if (element.href && address.replace(/\/$/, "") !== shown) {
    element.addEventListener("click", (event) => {
      event.preventDefault();
      taps.link(address);
    });
  }
  return element;
}

function anchor(address) {
  const element = document.createElement("a");
  if (!/^(https?|mailto|tel):/i.test(address)) return document.createElement("span");
  element.href = address;
  element.target = "_blank";
  element.rel = "noopener noreferrer";
  return element;
}

function tap(name, act) {
  const element = document.createElement(name);
  element.className = "tap";
  if (name === "button") element.type = "button";
  else makeButton(element, act);
  element.addEventListener("click", act);
  return element;
}

function spoiler() {
  const element = document.createElement("span");
  const open = () => {
    element.classList.add("open");
    element.removeAttribute("aria-label");
  };
  element.className = "spoiler";
  element.setAttribute("aria-label", "Hidden words; press to read");
  makeButton(element, open);
  element.addEventListener("click", open);
  return element;
}

function makeButton(element, act) {
  element.setAttribute("role", "button");
  element.tabIndex = 0;
  element.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    act();
  });
}
