// The player's side of the page: a clock and keys around the kernel, which plays, and the panel, which shows. The clock
// begins with the first key. What is played is written down update by update, for whoever serves the page to keep.
(function (window, document) {
  "use strict";

  var UPDATES_PER_SECOND = 30;
  // A page that was in the background does not catch up.
  var MOST_UPDATES_AT_ONCE = 3;
  // Half an hour, see Ghost in Java.
  var MOST_UPDATES_KEPT = 54000;
  var KEYS = { q: 1, w: 2, o: 4, p: 8 };
  // See PageState.
  var PLAYED = 60;
  var GAME_ENDED = 63;
  var OURS = "fdlibm";

  window.main();
  var game = window.qwop;
  var race = window.qwopRace;
  var ghost = race.ghost ? new window.QwopGhost(game, race.ghost) : null;
  var panel = new window.QwopPanel("You", "R, space or a tap here starts again.", true);
  // A key can be held down on the keyboard and by a pointer on its button; it is up when both have let go.
  var heldByKeyboard = 0;
  var heldByPointer = 0;
  var lastTime = null;
  var owed = 0;
  var stale = true;
  var started = false;
  // The keys of every update of this run up to its end, how far it came, and how many updates there have been since.
  var played = [];
  var trail = null;
  var updatesShown = 0;

  function withKey(held, key, down) {
    return down ? held | KEYS[key] : held & ~KEYS[key];
  }

  function showHeld() {
    started = started || (heldByKeyboard | heldByPointer) !== 0;
    panel.showKeys(heldByKeyboard | heldByPointer);
  }

  function releaseAll() {
    heldByKeyboard = 0;
    heldByPointer = 0;
    showHeld();
  }

  function restart() {
    game.compute(OURS);
    owed = 0;
    played = [];
    updatesShown = 0;
    trail = new window.QwopGhost.Trail(game.state[0]);
    // Who holds a key already runs on.
    started = (heldByKeyboard | heldByPointer) !== 0;
    stale = true;
  }

  // The run goes to whoever serves this page, who tells where it is kept.
  function keep() {
    var run = played;
    var request = new window.XMLHttpRequest();
    function told(text) {
      if (run === played) {
        panel.remark(text);
      }
    }
    if (run.length > MOST_UPDATES_KEPT) {
      told("It is not saved: it was longer than half an hour.");
      return;
    }
    request.open("POST", "played");
    request.onload = function () {
      told(request.status === 200
        ? request.responseText
        : "It is not saved: who served this page does not take it for its own.");
    };
    request.onerror = function () { told("It is not saved: the goal that served this page has ended."); };
    request.send(new Uint8Array(run));
  }

  function show() {
    panel.show(game.state, ghost && { ghost: ghost, trail: trail, updates: updatesShown });
  }

  function step() {
    var held = heldByKeyboard | heldByPointer;
    game.step(held, 1);
    updatesShown++;
    if (game.state[PLAYED]) {
      played.push(held);
      trail.push(game.state[0]);
      if (game.state[GAME_ENDED]) {
        // Before it slides on: what counts is the end.
        show();
        if (race.keeps) {
          keep();
        }
      }
    }
  }

  function update(now) {
    owed += lastTime === null || !started ? 0 : (now - lastTime) * UPDATES_PER_SECOND / 1000;
    lastTime = now;
    var updates = Math.floor(owed);
    if (updates > 0) {
      owed -= updates;
      for (var i = 0; i < Math.min(updates, MOST_UPDATES_AT_ONCE); i++) {
        step();
      }
      stale = true;
    }
  }

  function frame(now) {
    window.requestAnimationFrame(frame);
    update(now);
    if (stale) {
      stale = false;
      show();
      if (!started) {
        panel.showStart((ghost ? "You race " + ghost.name + ". " : "")
            + "The clock begins with your first key. The far leg goes the other way.");
      }
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
  restart();
  window.requestAnimationFrame(frame);
})(window, document);
