// Whom the player races, and whether runs are kept: whoever serves the page puts what it knows in this file's place.
window.qwopRace = { ghost: null, keeps: false };
