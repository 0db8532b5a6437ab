// The foot of a phone: the text field, commands, attachments, and editing one's own message.

import { make } from "./bubble.js";

export class Writing {
  #element; #act; #ask; #commands = []; #editing = null;

  /** `act(body)` does something on the phone; `ask(selector)` opens one of its dialogs. */
  constructor(element, act, ask) {
    this.#element = element;
    this.#act = act;
    this.#ask = ask;
    this.#listen();
  }

  get #text() { return this.#find("textarea"); }
  #find(selector) { return this.#element.querySelector(selector); }

  /** What the bot offers: its commands, and words for an empty field. */
  offer(commands, placeholder) {
    this.#commands = commands;
    this.#find(".slash").hidden = !commands.length;
    this.#text.placeholder = placeholder || "Message";
  }

  startEditing(message) {
    this.#editing = message.id;
    this.#find(".editing").hidden = false;
    this.#text.value = message.text;
    this.#grow();
    this.#text.focus();
  }

  stopEditing() {
    this.#editing = null;
    this.#find(".editing").hidden = true;
    this.#text.value = "";
    this.#grow();
  }

  closePopups() {
    for (const popup of this.#element.querySelectorAll(".popup")) popup.hidden = true;
    for (const button of this.#element.querySelectorAll("[aria-expanded]")) button.setAttribute("aria-expanded", "false");
  }

  #submit() {
    const text = this.#text.value.trim();
    if (!text) return;
    const body = this.#editing ? { act: "edit", message: this.#editing, text } : { act: "say", text };
    this.stopEditing();
    this.#act(body);
  }

  #listen() {
    this.#find(".write").addEventListener("submit", (event) => {
      event.preventDefault();
      this.#submit();
    });
    this.#text.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      this.#submit();
    });
    this.#text.addEventListener("input", () => {
      this.#grow();
      this.#offerCommands(/^\/\w*$/.test(this.#text.value) ? this.#text.value : null);
    });
    this.#find(".editing button").addEventListener("click", () => this.stopEditing());
    this.#find(".slash").addEventListener("click", () => this.#offerCommands(this.#find(".commands").hidden ? "/" : null));
    this.#toggles(".clip", ".attach");
    this.#toggles(".more", ".menu");
    for (const button of this.#element.querySelectorAll("[data-act]")) {
      button.addEventListener("click", () => this.#act({ act: button.dataset.act }));
    }
    this.#find("[data-open=location]").addEventListener("click", () => {
      this.closePopups();
      this.#ask("dialog.location");
    });
    this.#find("dialog.location").addEventListener("close", (event) => this.#sendLocation(event.target));
    this.#element.addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.closePopups();
    });
  }

  #sendLocation(dialog) {
    const isWanted = dialog.returnValue === "send";
    dialog.returnValue = "";
    if (!isWanted) return;
    const [latitude, longitude] = dialog.querySelector("select").value.split(",").map(Number);
    this.#act({ act: "location", latitude, longitude });
  }

  #toggles(button, popup) {
    this.#find(button).addEventListener("click", () => {
      const willOpen = this.#find(popup).hidden;
      this.closePopups();
      this.#find(popup).hidden = !willOpen;
      this.#find(button).setAttribute("aria-expanded", String(willOpen));
      if (willOpen) this.#find(`${popup} button:not([hidden])`).focus();
    });
  }

  #offerCommands(typed) {
    const found = typed === null ? [] : this.#commands.filter(({ command }) => `/${command}`.startsWith(typed));
    this.closePopups();
    this.#find(".commands").hidden = !found.length;
    this.#find(".slash").setAttribute("aria-expanded", String(found.length > 0));
    this.#find(".commands").replaceChildren(...found.map((one) => this.#command(one)));
  }

  #command({ command, description }) {
    const button = make("button");
    button.type = "button";
    button.append(make("span", "name", `/${command}`), make("span", "", description));
    button.addEventListener("click", () => {
      this.#text.value = "";
      this.#act({ act: "say", text: `/${command}` });
    });
    return button;
  }

  #grow() {
    this.#text.style.height = "auto";
    this.#text.style.height = `${this.#text.scrollHeight + 2}px`;
  }
}
