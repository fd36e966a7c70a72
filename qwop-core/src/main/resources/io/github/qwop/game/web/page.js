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
  var held = 0;
  var lastTime = null;
  var owed = 0;
  var stale = true;

  function hold(key, down) {
    held = down ? held | KEYS[key] : held & ~KEYS[key];
    panel.showKeys(held);
  }

  function releaseAll() {
    held = 0;
    panel.showKeys(held);
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
      game.step(held, Math.min(updates, MOST_UPDATES_AT_ONCE));
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

  function onKey(event, down) {
    var key = event.key.toLowerCase();
    if (event.ctrlKey || event.metaKey || event.altKey) {
      return;
    }
    if (KEYS[key]) {
      hold(key, down);
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
      hold(button.getAttribute("data-key"), down);
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
