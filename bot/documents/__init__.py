"""Files a person takes along: the letter, the guide, the card of helplines, posters; made in memory, as bytes."""
