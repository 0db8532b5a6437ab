// One person's phone: shows the news of the bot, and sends what the person does.

import { bubble, key, make } from "./bubble.js";
import { Writing } from "./writing.js";

const TOAST_MS = 3500;
const WAIT_MS = 15000;

export class Phone {
  #number; #send; #messages = new Map(); #id = null; #writing; #typing = 0; #toast = 0;
  #keyboard = ""; #isFolded = false; #isStarted = false; #isAtEnd = true;

  /** `send(body)` posts an act and gives the answer; a refusal comes as {error}. */
  constructor(number, send) {
    this.#number = number;
    this.#send = send;
    this.element = document.getElementById("phone").content.firstElementChild.cloneNode(true);
    this.#writing = new Writing(this.element, (body) => this.#act(body), (dialog) => this.#open(dialog));
    this.#listen();
    this.#followEnd();
  }

  get #scroll() { return this.#find(".scroll"); }
  #find(selector) { return this.element.querySelector(selector); }

  /** Show what is new. A phone of somebody else begins empty. */
  show(news, bot) {
    const isNew = news.id !== this.#id;
    if (isNew) this.#begin(news, bot);
    const wasAtEnd = this.#isAtEnd;
    for (const id of news.gone) this.#remove(id);
    for (const message of news.messages) this.#place(message);
    this.#showState(news);
    this.#showKeyboard(news);
    this.#showTyping(news.typing_seconds);
    for (const toast of news.toasts) toast.is_alert ? this.#alert(toast.text) : this.note(toast.text);
    if (isNew) this.#showEnd();
    else if (wasAtEnd) this.#showEnd(news.messages.find((message) => !message.is_mine));
  }

  /** A passing note at the foot of the phone. */
  note(text) {
    const element = this.#find(".toast");
    element.textContent = text;
    element.hidden = false;
    clearTimeout(this.#toast);
    this.#toast = setTimeout(() => { element.hidden = true; }, TOAST_MS);
  }

  #begin(news, bot) {
    this.#id = news.id;
    this.#messages.clear();
    this.#find(".messages").replaceChildren();
    this.#find(".bot").textContent = bot;
    this.#find(".face").textContent = bot.slice(0, 1);
    this.#find(".person").textContent = news.name;
    this.element.setAttribute("aria-label", `Phone of ${news.name}`);
    this.#writing.stopEditing();
  }

  #place(message) {
    const isNew = !this.#messages.has(message.id);
    this.#messages.set(message.id, message);
    const item = bubble(message, this.#messages.get(message.reply_to), this.#taps());
    if (isNew) {
      this.#find(".messages").append(item);
      return;
    }
    const old = this.#find(`[data-id="${message.id}"]`);
    const hadFocus = old.contains(document.activeElement);
    old.replaceWith(item);
    if (hadFocus) (item.querySelector(".inline button") ?? item.querySelector(".bubble")).focus({ preventScroll: true });
    item.scrollIntoView({ block: "nearest" });
  }

  #remove(id) {
    this.#messages.delete(id);
    const item = this.#find(`[data-id="${id}"]`);
    if (!item) return;
    if (item.contains(document.activeElement)) this.#scroll.focus({ preventScroll: true });
    item.remove();
  }

  #showState(news) {
    const isWriting = news.is_started && !news.is_blocked;
    this.#isStarted = news.is_started;
    this.#find(".write").hidden = !isWriting;
    this.#find(".start").hidden = isWriting;
    this.#find(".start").textContent = news.is_blocked ? "UNBLOCK" : "START";
    this.#find("[data-act=block]").hidden = news.is_blocked;
    this.#find(".greeting").hidden = news.is_started || !news.greeting;
    this.#find(".greeting").textContent = news.greeting;
    this.#find(".language select").value = news.language ?? "";
    this.#writing.offer(news.commands, news.placeholder);
  }

  #showKeyboard(news) {
    const state = JSON.stringify([news.keyboard, news.is_keyboard_small, news.is_keyboard_fixed]);
    const below = this.#find(".below");
    const canHide = news.keyboard.length > 0 && !news.is_keyboard_fixed;
    if (state !== this.#keyboard) {
      this.#keyboard = state;
      this.#isFolded = false;
      below.replaceChildren(...news.keyboard.map((labels) => {
        const row = make("div", "row");
        row.append(...labels.map((label) => {
          const button = key(label);
          button.addEventListener("click", () => this.#act({ act: "press_below", text: label }));
          return button;
        }));
        return row;
      }));
      below.classList.toggle("tall", !news.is_keyboard_small);
    }
    this.#find(".keys").hidden = !canHide;
    this.#find(".keys").setAttribute("aria-pressed", String(!this.#isFolded));
    below.hidden = !news.keyboard.length || this.#isFolded || news.is_blocked;
  }

  #showTyping(seconds) {
    clearTimeout(this.#typing);
    this.#find(".status").textContent = seconds > 0 ? "typing…" : "bot";
    if (seconds > 0) this.#typing = setTimeout(() => this.#showTyping(0), seconds * 1000);
  }

  #taps() {
    return {
      command: (words) => this.#act({ act: "say", text: words }),
      name: (words) => this.note(`Telegram would look for ${words}.`),
      copy: (words) => this.#copy(words),
      link: (address) => this.#askToOpen(address),
      edit: (message) => this.#writing.startEditing(message),
      press: (message, row, column, button) => this.#press(message, row, column, button),
    };
  }

  async #press(message, row, column, button) {
    const { kind, value } = message.rows[row][column];
    if (kind === "copy_text") return this.#copy(value);
    if (kind === "url") return this.#askToOpen(value);
    if (kind !== "callback_data") return this.note("This kind of button works in Telegram only.");
    button.classList.add("waiting");
    const answer = await this.#act({ act: "press", message: message.id, row, column });
    if (answer?.is_waiting) setTimeout(() => button.classList.remove("waiting"), WAIT_MS);
    else button.classList.remove("waiting");
    return undefined;
  }

  async #act(body) {
    this.#writing.closePopups();
    if (body.act === "say") this.#isAtEnd = true;
    const answer = await this.#send({ phone: this.#number, ...body });
    if (answer?.error) this.note(answer.error);
    return answer;
  }

  async #copy(text) {
    try {
      await navigator.clipboard.writeText(text);
      this.note("Copied");
    } catch {
      this.note(`This browser does not let us copy: ${text}`);
    }
  }

  #askToOpen(address) {
    const dialog = this.#find("dialog.link");
    dialog.querySelector(".address").textContent = address;
    if (/^https?:/i.test(address)) dialog.querySelector(".open").href = address;
    else dialog.querySelector(".open").removeAttribute("href");
    this.#open("dialog.link");
  }

  #alert(text) {
    this.#find("dialog.alert p").textContent = text;
    this.#open("dialog.alert");
  }

  #listen() {
    this.#find(".start").addEventListener("click", () => {
      this.#act(this.#isStarted ? { act: "unblock" } : { act: "say", text: "/start" });
    });
    this.#find(".language select").addEventListener("change", (event) => {
      this.#act({ act: "language", language: event.target.value || null });
    });
    this.#find(".keys").addEventListener("click", (event) => {
      this.#isFolded = !this.#isFolded;
      this.#find(".below").hidden = this.#isFolded;
      event.currentTarget.setAttribute("aria-pressed", String(!this.#isFolded));
    });
    this.#find("dialog.link .open").addEventListener("click", () => this.#find("dialog.link").close());
  }

  /** The end of the conversation; but an answer longer than the screen is read from its beginning. */
  #showEnd(answer) {
    const box = this.#scroll;
    box.scrollTop = box.scrollHeight;
    const item = answer && this.#find(`[data-id="${answer.id}"]`);
    const hidden = item ? box.getBoundingClientRect().top - item.getBoundingClientRect().top : 0;
    if (hidden > 0) box.scrollTop -= hidden + 8;
  }

  /** While the end is on the screen it stays there, whatever grows or shrinks: a picture, a keyboard, a popup. */
  #followEnd() {
    const box = this.#scroll;
    box.addEventListener("scroll", () => { this.#isAtEnd = box.scrollHeight - box.scrollTop - box.clientHeight < 60; });
    const observer = new ResizeObserver(() => { if (this.#isAtEnd) box.scrollTop = box.scrollHeight; });
    observer.observe(box);
    observer.observe(this.#find(".messages"));
  }

  /** Dialogs stand over the phone they belong to. */
  #open(selector) {
    const dialog = this.#find(selector);
    if (!dialog.open) dialog.showModal();
    const { left, width } = this.element.getBoundingClientRect();
    dialog.style.marginLeft = `${left + (width - dialog.offsetWidth) / 2}px`;
  }
}
