// grammY: an echo; with BENCH_REPLYING its webhook answers with the message.
import http from "node:http";
import { Bot, webhookCallback } from "grammy";

const webhook = process.env.BENCH_MODE === "webhook";
const bot = new Bot(process.env.BOT_TOKEN, {
  client: { apiRoot: process.env.TELEGRAM_API_BASE, canUseWebhookReply: () => "BENCH_REPLYING" in process.env },
});
bot.on("message:text", (context) => context.reply(context.message.text));
if (webhook) {
  await bot.init();
  const handle = webhookCallback(bot, "http", { secretToken: process.env.BENCH_SECRET });
  http.createServer(handle).listen(Number(process.env.BENCH_PORT), "127.0.0.1");
} else {
  bot.start();
}
