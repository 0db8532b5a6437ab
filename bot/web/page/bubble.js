// One message -> its bubble, with what was sent and the buttons below it.

import { icon } from "./icons.js";
import { words } from "./words.js";

const MARKS = { url: "open", copy_text: "copy", login_url: "open", web_app: "open", switch_inline_query: "open" };
const SAYS = { url: "opens", copy_text: "copies" };
const THINGS = {
  voice: ["voice", "Voice message"], audio: ["voice", "Audio"], document: ["file", "File"], sticker: ["smile", "Sticker"],
  video: ["picture", "Video"], video_note: ["picture", "Video message"], photo: ["picture", "Photo"], poll: ["other", "Poll"],
};

/** `taps` adds to those of words: press(message, row, column, key), edit(message). `original` is the message replied to. */
export function bubble(message, original, taps) {
  const item = make("li", `message ${message.is_mine ? "mine" : "theirs"}`);
  item.dataset.id = message.id;
  const body = make("div", "bubble");
  body.tabIndex = -1;
  body.append(make("span", "hidden", message.is_mine ? "You: " : "Bot: "));
  if (original) body.append(make("p", "reply", original.text || original.kind));
  if (message.kind !== "text") body.append(media(message));
  if (message.text) {
    const text = make("p", "words");
    text.dir = "auto";
    text.append(words(message.text, message.entities, taps));
    body.append(text);
  }
  body.append(foot(message, taps));
  item.append(body);
  if (message.rows.length) {
    item.classList.add("keyed");
    item.append(keyboard(message, taps));
  }
  return item;
}

function media(message) {
  const { media: content, kind } = message;
  const frame = make("div", "media");
  if (kind === "photo" && content.file) {
    const picture = make("img");
    picture.src = `files/${encodeURIComponent(content.file)}`;
    picture.alt = message.text ? "Photo" : "Photo without words";
    frame.append(picture);
    return frame;
  }
  if ((kind === "voice" || kind === "audio") && content.file) {
    const player = make("audio");
    player.controls = true;
    player.src = `files/${encodeURIComponent(content.file)}`;
    frame.append(player);
    return frame;
  }
  if (kind === "location") frame.append(thing("place", `Location ${content.latitude.toFixed(3)}, ${content.longitude.toFixed(3)}`));
  else if (kind === "contact") frame.append(thing("person", `${content.name} ${content.phone}`));
  else if (content.file) frame.append(download(kind, content));
  else frame.append(thing(THINGS[kind]?.[0], content.name ?? THINGS[kind]?.[1] ?? "Something new"));
  return frame;
}

function download(kind, content) {
  const name = content.name ?? THINGS[kind]?.[1] ?? kind;
  const link = thing(THINGS[kind]?.[0] ?? "file", name, "a");
  link.href = `files/${encodeURIComponent(content.file)}`;
  link.download = name;
  return link;
}

function thing(drawing, label, name = "span") {
  const element = make(name, "thing");
  element.append(icon(drawing), label);
  return element;
}

function foot(message, taps) {
  const line = make("p", "foot");
  if (message.is_mine && message.kind === "text") {
    const edit = make("button", "edit", "edit");
    edit.type = "button";
    edit.addEventListener("click", () => taps.edit(message));
    line.append(edit);
  }
  if (message.is_edited) line.append(make("span", "", "edited"));
  const time = make("time", "", new Date(message.date * 1000).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" }));
  time.dateTime = new Date(message.date * 1000).toISOString();
  line.append(time);
  return line;
}

function keyboard(message, taps) {
  const element = make("div", "inline");
  element.setAttribute("role", "group");
  element.setAttribute("aria-label", "Buttons of this message");
  message.rows.forEach((buttons, row) => {
    const line = make("div", "row");
    buttons.forEach((button, column) => {
      const pressed = key(button.label, MARKS[button.kind]);
      if (SAYS[button.kind]) pressed.setAttribute("aria-label", `${button.label} (${SAYS[button.kind]} ${button.value})`);
      pressed.addEventListener("click", () => taps.press(message, row, column, pressed));
      line.append(pressed);
    });
    element.append(line);
  });
  return element;
}

/** A button of a keyboard; the whole label is there on hover, however it is cut. */
export function key(label, mark) {
  const button = make("button", "key");
  button.type = "button";
  button.title = label;
  button.append(make("span", "label", label));
  if (mark) button.append(icon(mark));
  return button;
}

export function make(name, className, text) {
  const element = document.createElement(name);
  if (className) element.className = className;
  if (text !== undefined) element.textContent = text;
  return element;
}
