// Plays a recorded episode, beside a ghost where one is given: the kernel computes both again from the keys of every
// update.
(function (window, document) {
  "use strict";

  var UPDATES_PER_SECOND = 30;
  var MOST_UPDATES_AT_ONCE = 12;
  // See PageState.
  var PLAYED = 60;
  var GAME_ENDED = 63;

  window.main();
  var game = window.qwop;
  var ghost = window.qwopReplayGhost ? new window.QwopGhost(game, window.qwopReplayGhost) : null;
  var keys = window.QwopGhost.keys(window.qwopReplay);
  var length = Math.max(keys.length, ghost ? ghost.end : 0);
  var panel = new window.QwopPanel("The runner", ghost ? "The ghost is " + ghost.name + "." : "", false);
  var position = document.getElementById("position");
  var play = document.getElementById("play");
  var speed = document.getElementById("speed");
  var at = 0;
  var trail = null;
  var owed = 0;
  var lastTime = null;
  var playing = true;

  function restart() {
    game.compute(window.qwopTrigonometry);
    at = 0;
    trail = new window.QwopGhost.Trail(game.state[0]);
  }

  // Where only the ghost runs on, a runner who has fallen comes to rest; one whose recording was cut off stands still.
  function step() {
    at++;
    if (at > keys.length && !game.state[GAME_ENDED]) {
      return;
    }
    game.step(at > keys.length ? 0 : keys[at - 1], 1);
    if (game.state[PLAYED]) {
      trail.push(game.state[0]);
      if (game.state[GAME_ENDED]) {
        // Before it slides on: what counts is the end.
        show();
      }
    }
  }

  function show() {
    panel.show(game.state, ghost && { ghost: ghost, trail: trail, updates: at });
  }

  // Going back means playing from the start again, which takes a fraction of a second.
  function seek(target) {
    if (target < at) {
      restart();
    }
    while (at < target) {
      step();
    }
    position.value = at;
    show();
    panel.showKeys(at > 0 && at <= keys.length ? keys[at - 1] : 0);
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
        seek(Math.min(at + updates, length));
        if (at === length) {
          setPlaying(false);
        }
      }
    }
    lastTime = now;
  }

  play.addEventListener("click", function () {
    if (!playing && at === length) {
      seek(0);
    }
    setPlaying(!playing);
  });
  position.max = length;
  position.addEventListener("input", function () {
    setPlaying(false);
    seek(Number(position.value));
  });
  // A link may point to a moment: #update=450
  var moment = /update=(\d+)/.exec(window.location.hash);
  var calm = window.matchMedia && window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  restart();
  setPlaying(window.qwopReplayPlaying && !moment && !calm);
  seek(moment ? Math.min(Number(moment[1]), length) : 0);
  window.requestAnimationFrame(frame);
})(window, document);
