// What makes the desk quicker where there is a script; without one everything works as well.
