// Plays a recorded episode: the kernel computes it again from the keys of every update.
(function (window, document) {
  "use strict";

  var UPDATES_PER_SECOND = 30;
  var MOST_UPDATES_AT_ONCE = 12;

  window.main();
  var game = window.qwop;
  game.compute(window.qwopTrigonometry);
  var panel = new window.QwopPanel("The runner", "", false);
  var keys = [];
  for (var i = 0; i < window.qwopReplay.length; i += 2) {
    for (var n = 0; n < window.qwopReplay[i + 1]; n++) {
      keys.push(window.qwopReplay[i]);
    }
  }
  var position = document.getElementById("position");
  var play = document.getElementById("play");
  var speed = document.getElementById("speed");
  var at = 0;
  var owed = 0;
  var lastTime = null;
  var playing = true;

  // Going back means playing from the start again, which takes a fraction of a second.
  function seek(target) {
    if (target < at) {
      game.reset();
      at = 0;
    }
    while (at < target) {
      game.step(keys[at], 1);
      at++;
    }
    position.value = at;
    panel.show(game.state);
    panel.showKeys(at > 0 ? keys[at - 1] : 0);
  }

  function setPlaying(value) {
    playing = value;
    play.textContent = playing ? "pause" : "play";
  }

  function frame(now) {
    window.requestAnimationFrame(frame);
    if (playing && lastTime !== null) {
      owed += (now - lastTime) * UPDATES_PER_SECOND * Number(speed.value) / 1000;
      var updates = Math.min(Math.floor(owed), MOST_UPDATES_AT_ONCE);
      if (updates > 0) {
        owed = Math.min(owed - updates, 1);
        seek(Math.min(at + updates, keys.length));
        if (at === keys.length) {
          setPlaying(false);
        }
      }
    }
    lastTime = now;
  }

  play.addEventListener("click", function () {
    if (!playing && at === keys.length) {
      seek(0);
    }
    setPlaying(!playing);
  });
  position.max = keys.length;
  position.addEventListener("input", function () {
    setPlaying(false);
    seek(Number(position.value));
  });
  // A link may point to a moment: #update=450
  var moment = /update=(\d+)/.exec(window.location.hash);
  var calm = window.matchMedia && window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  game.reset();
  setPlaying(window.qwopReplayPlaying && !moment && !calm);
  seek(moment ? Math.min(Number(moment[1]), keys.length) : 0);
  window.requestAnimationFrame(frame);
})(window, document);
