"""Every method of the Bot API that the bot uses: parameters in, result out, over a World."""

from bot.simulator.methods.answering import ANSWERING
from bot.simulator.methods.changing import CHANGING
from bot.simulator.methods.profiling import PROFILING
from bot.simulator.methods.sending import SENDING
from bot.simulator.methods.table import Method
from bot.simulator.methods.updating import UPDATING

METHODS: dict[str, Method] = {**SENDING, **CHANGING, **ANSWERING, **PROFILING, **UPDATING}
