// The page: two phones, one line to the bot, and the switches above them.

import { Phone } from "./phone.js";

const THEMES = { system: "light", light: "dark", dark: "system" };
const phones = [0, 1].map((number) => new Phone(number, send));
const tabs = document.querySelector(".tabs");
let epoch = "";
let revision = 0;

document.getElementById("phones").append(...phones.map((phone) => phone.element));
setTheme(localStorage.getItem("theme") ?? "system");
setPair((localStorage.getItem("pair") ?? String(matchMedia("(min-width: 52rem)").matches)) === "true");
document.getElementById("theme").addEventListener("click", () => {
  localStorage.setItem("theme", THEMES[localStorage.getItem("theme") ?? "system"]);
  setTheme(localStorage.getItem("theme"));
});
document.getElementById("people").addEventListener("click", () => {
  setPair(!document.body.classList.contains("pair"));
  localStorage.setItem("pair", String(document.body.classList.contains("pair")));
});
listen();

/** Post an act. What the server refuses comes back as {error}; a lost conversation loads the page again. */
async function send(body) {
  try {
    const answer = await fetch("act", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(body),
    });
    if (answer.status === 401) location.reload();
    const isJson = answer.headers.get("Content-Type")?.startsWith("application/json");
    return isJson ? await answer.json() : { error: await answer.text() };
  } catch {
    return { error: "The bot does not answer." };
  }
}

/** Hear the news; after a break go on from the revision known, and begin anew when the bot was restarted. */
function listen(pause = 500) {
  const address = new URL(`events?since=${revision}&epoch=${epoch}`, location.href);
  address.protocol = location.protocol.replace("http", "ws");
  const socket = new WebSocket(address);
  let heard = false;
  socket.addEventListener("message", (event) => {
    const news = JSON.parse(event.data);
    if (news.reload) {
      location.reload();
      return;
    }
    heard = true;
    ({ epoch, revision } = news);
    document.getElementById("offline").hidden = true;
    document.title = `${news.bot}: local chat`;
    news.phones.forEach((one, number) => phones[number].show(one, news.bot));
    showTabs(news.phones.map((one) => one.name));
  });
  socket.addEventListener("close", () => {
    document.getElementById("offline").hidden = false;
    setTimeout(() => listen(heard ? 500 : Math.min(pause * 2, 5000)), pause);
  });
}

function showTabs(names) {
  if (tabs.children.length === names.length) return;
  tabs.replaceChildren(...names.map((name, number) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = name;
    button.addEventListener("click", () => choose(number));
    return button;
  }));
  choose(0);
}

function choose(number) {
  [...tabs.children].forEach((tab, index) => tab.setAttribute("aria-current", String(index === number)));
  phones.forEach((phone, index) => phone.element.classList.toggle("shown", index === number));
}

function setPair(isPair) {
  document.body.classList.toggle("pair", isPair);
  document.getElementById("people").setAttribute("aria-pressed", String(isPair));
  tabs.hidden = !isPair;
}

function setTheme(name) {
  if (name === "system") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = name;
  document.getElementById("theme").textContent = `Theme: ${name}`;
}
