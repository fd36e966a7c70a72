// The player's side of the page: a clock and keys around the kernel, which plays, and the panel, which shows.
(function (window, document) {
  "use strict";

  var UPDATES_PER_SECOND = 30;
  // A page that was in the background does not catch up.
  var MOST_UPDATES_AT_ONCE = 3;
  var KEYS = { q: 1, w: 2, o: 4, p: 8 };
  // See PageState.
  var GAME_ENDED = 63;

  window.main();
  var game = window.qwop;
  var panel = new window.QwopPanel("You", "R, space or a tap here starts again.", true);
  // A key can be held down on the keyboard and by a pointer on its button; it is up when both have let go.
  var heldByKeyboard = 0;
  var heldByPointer = 0;
  var lastTime = null;
  var owed = 0;
  var stale = true;

  function withKey(held, key, down) {
    return down ? held | KEYS[key] : held & ~KEYS[key];
  }

  function showHeld() {
    panel.showKeys(heldByKeyboard | heldByPointer);
  }

  function releaseAll() {
    heldByKeyboard = 0;
    heldByPointer = 0;
    showHeld();
  }

  function restart() {
    game.reset();
    owed = 0;
    stale = true;
  }

  function update(now) {
    owed += lastTime === null ? 0 : (now - lastTime) * UPDATES_PER_SECOND / 1000;
    lastTime = now;
    var updates = Math.floor(owed);
    if (updates > 0) {
      owed -= updates;
      game.step(heldByKeyboard | heldByPointer, Math.min(updates, MOST_UPDATES_AT_ONCE));
      stale = true;
    }
  }

  function frame(now) {
    window.requestAnimationFrame(frame);
    update(now);
    if (stale) {
      stale = false;
      panel.show(game.state);
    }
  }

  // The letter on the key; where the layout writes another script, the Latin letter in its place.
  function nameOf(event) {
    var key = (event.key || "").toLowerCase();
    var place = /^Key([A-Z])$/.exec(event.code || "");
    return place && key.length === 1 && key > "\u007f" ? place[1].toLowerCase() : key;
  }

  function onKey(event, down) {
    var key = nameOf(event);
    if (key === "meta") {
      // While it is down, macOS tells of no other key that goes up.
      releaseAll();
      return;
    }
    // With a modifier a key is the browser's when it goes down, but one that goes up is let go all the same.
    if (down && (event.ctrlKey || event.metaKey || event.altKey)) {
      return;
    }
    if (KEYS[key]) {
      heldByKeyboard = withKey(heldByKeyboard, key, down);
      showHeld();
    } else if (down && !event.repeat && (key === "r" || key === " " && game.state[GAME_ENDED])) {
      restart();
    } else {
      return;
    }
    event.preventDefault();
  }

  function onPointer(button, type, down) {
    button.addEventListener(type, function (event) {
      event.preventDefault();
      heldByPointer = withKey(heldByPointer, button.getAttribute("data-key"), down);
      showHeld();
    });
  }

  document.addEventListener("keydown", function (event) { onKey(event, true); });
  document.addEventListener("keyup", function (event) { onKey(event, false); });
  window.addEventListener("blur", releaseAll);
  document.querySelector("main").addEventListener("click", function () {
    if (game.state[GAME_ENDED]) {
      restart();
    }
  });
  var button = document.getElementById("restart");
  button.addEventListener("click", function () {
    // Else the space bar would press it again.
    button.blur();
    restart();
  });
  Array.prototype.forEach.call(document.querySelectorAll(".key"), function (key) {
    onPointer(key, "pointerdown", true);
    onPointer(key, "pointerup", false);
    onPointer(key, "pointercancel", false);
    onPointer(key, "pointerleave", false);
  });
  window.requestAnimationFrame(frame);
})(window, document);
