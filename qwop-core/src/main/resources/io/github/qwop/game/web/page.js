// The player's side of the page: clock, keys and numbers around the kernel, which plays, and the view, which draws.
(function (window, document) {
  "use strict";

  var UPDATES_PER_SECOND = 30;
  // A page that was in the background does not catch up.
  var MOST_UPDATES_AT_ONCE = 3;
  var KEYS = { q: 1, w: 2, o: 4, p: 8 };
  var BEST = "qwop.best";
  // Places in the state, see PageState.
  var SCORE_TIME = 61;
  var SCORE = 62;
  var GAME_ENDED = 63;
  var JUMP_LANDED = 66;

  window.main();
  var game = window.qwop;
  var view = null;
  var held = 0;
  var lastTime = null;
  var owed = 0;
  var stale = true;
  var best = recall();

  function recall() {
    try {
      return Number(window.localStorage.getItem(BEST)) || 0;
    } catch (e) {
      // Some browsers keep nothing for pages from a folder.
      return 0;
    }
  }

  function remember(score) {
    best = score;
    try {
      window.localStorage.setItem(BEST, String(score));
    } catch (e) {
      // See recall.
    }
  }

  function byId(id) {
    return document.getElementById(id);
  }

  function write(id, number) {
    var text = number.toFixed(1);
    if (byId(id).textContent !== text) {
      byId(id).textContent = text;
    }
  }

  function hold(key, down) {
    var bit = KEYS[key];
    held = down ? held | bit : held & ~bit;
    document.querySelector("[data-key=" + key + "]").classList.toggle("held", down);
  }

  function restart() {
    game.reset();
    owed = 0;
    stale = true;
    byId("message").hidden = true;
  }

  // What counts is the end: a fallen runner who slides on is drawn, but gains nothing.
  function showEnd() {
    var message = byId("message");
    if (game.state[SCORE] > best) {
      remember(game.state[SCORE]);
    }
    message.textContent = (game.state[JUMP_LANDED] ? "You made it: " : "You fell: ") + game.state[SCORE].toFixed(1)
        + " m. R, space or a tap here starts again.";
    message.hidden = false;
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
    if (view === null) {
      view = new window.QwopView(byId("view"));
    }
    update(now);
    if (!stale) {
      return;
    }
    stale = false;
    view.draw(game.state);
    if (!byId("message").hidden) {
      return;
    }
    write("distance", game.state[SCORE]);
    write("time", game.state[SCORE_TIME] / 10);
    if (game.state[GAME_ENDED]) {
      showEnd();
    }
    write("best", best);
  }

  function refresh() {
    if (view !== null) {
      view.refresh();
      stale = true;
    }
  }

  function releaseAll() {
    Object.keys(KEYS).forEach(function (key) { hold(key, false); });
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
  window.addEventListener("resize", refresh);
  if (window.matchMedia) {
    window.matchMedia("(prefers-color-scheme: dark)").onchange = refresh;
  }
  byId("restart").addEventListener("click", function () {
    byId("restart").blur();
    restart();
  });
  document.querySelector("main").addEventListener("click", function () {
    if (game.state[GAME_ENDED]) {
      restart();
    }
  });
  Array.prototype.forEach.call(document.querySelectorAll(".key"), function (button) {
    onPointer(button, "pointerdown", true);
    onPointer(button, "pointerup", false);
    onPointer(button, "pointercancel", false);
    onPointer(button, "pointerleave", false);
  });
  window.requestAnimationFrame(frame);
})(window, document);
