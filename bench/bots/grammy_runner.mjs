// grammY with its runner: many updates at once; polling only.
import { run } from "@grammyjs/runner";
import { Bot } from "grammy";

const bot = new Bot(process.env.BOT_TOKEN, { client: { apiRoot: process.env.TELEGRAM_API_BASE } });
bot.on("message:text", (context) => context.reply(context.message.text));
run(bot);
