// What is seen of a game: the picture, the numbers, the keys held and how a run ended. Whoever plays, or hears of a
// game, gives it states laid out as PageState says.
//
// runner: who ran, for the sentence at the end; hint: what follows that sentence; keepsBest: whether the best distance
// outlives the page.
(function (window, document) {
  "use strict";

  var KEYS = ["q", "w", "o", "p"];
  var BEST = "qwop.best";
  // Places in the state, see PageState.
  var SCORE_TIME = 61;
  var SCORE = 62;
  var GAME_ENDED = 63;
  var JUMP_LANDED = 66;

  function byId(id) {
    return document.getElementById(id);
  }

  function write(id, text) {
    if (byId(id).textContent !== text) {
      byId(id).textContent = text;
    }
  }

  function Panel(runner, hint, keepsBest) {
    this.runner = runner;
    this.hint = hint;
    this.keepsBest = keepsBest;
    this.best = this.recall();
    this.view = null;
    this.state = null;
    this.race = null;
    // What is said before the first key; empty once the clock runs.
    this.start = "";
    // What stands in the message when a run has ended: how it did, a remark, and the hint.
    this.ending = "";
    window.addEventListener("resize", this.refresh.bind(this));
    // Within another page the picture may get its size after it was first drawn, and then no window is resized.
    if (window.ResizeObserver) {
      new window.ResizeObserver(this.refresh.bind(this)).observe(byId("view"));
    }
    if (window.matchMedia) {
      window.matchMedia("(prefers-color-scheme: dark)").onchange = this.refresh.bind(this);
    }
  }

  Panel.prototype.recall = function () {
    try {
      return this.keepsBest && Number(window.localStorage.getItem(BEST)) || 0;
    } catch (e) {
      // Some browsers keep nothing for pages from a folder.
      return 0;
    }
  };

  Panel.prototype.remember = function (score) {
    this.best = score;
    try {
      if (this.keepsBest) {
        window.localStorage.setItem(BEST, String(score));
      }
    } catch (e) {
      // See recall.
    }
  };

  // Shows a state; it may change behind our back, but only a call shows the change.
  //
  // race: null, or the ghost that is raced, the runner's trail, and how many updates both have run.
  Panel.prototype.show = function (state, race) {
    var message = byId("message");
    this.state = state;
    this.race = race;
    this.start = "";
    if (this.view === null) {
      this.view = new window.QwopView(byId("view"));
    }
    this.view.draw(state, race && race.ghost.state(race.updates));
    if (race) {
      byId("race").hidden = false;
      write("ghost", race.ghost.place(race.updates));
    }
    // What counts is the end: a fallen runner who slides on is drawn, but gains nothing.
    if (!state[GAME_ENDED] || message.hidden) {
      write("distance", state[SCORE].toFixed(1));
      write("time", state[SCORE_TIME].toFixed(1));
      if (race) {
        write("lead", race.ghost.lead(state, race.trail, race.updates));
      }
      if (state[GAME_ENDED]) {
        this.remember(Math.max(this.best, state[SCORE]));
        this.ending = this.runner + (state[JUMP_LANDED] ? " made it: " : " fell: ") + state[SCORE].toFixed(1) + " m"
            + (race ? ", " + byId("lead").textContent + " the ghost" : "") + ".";
        this.remark("");
      }
      message.hidden = !state[GAME_ENDED];
      write("best", this.best.toFixed(1));
    }
  };

  // Adds something to how a run ended.
  Panel.prototype.remark = function (text) {
    byId("message").textContent = [this.ending, text, this.hint].filter(Boolean).join(" ");
  };

  // Shows which key does what beside the runner, and says something, until a state is shown that goes on.
  Panel.prototype.showStart = function (text) {
    this.view.drawKeys(this.state);
    this.say(text);
    this.start = text;
  };

  // Says something in place of how a run ended, until a state is shown that goes on.
  Panel.prototype.say = function (text) {
    byId("message").textContent = text;
    byId("message").hidden = text === "";
  };

  // keys: bit mask, Q 1, W 2, O 4, P 8.
  Panel.prototype.showKeys = function (keys) {
    KEYS.forEach(function (key, bit) {
      var classes = document.querySelector("[data-key=" + key + "]").classList;
      if (keys >> bit & 1) {
        classes.add("held");
      } else {
        classes.remove("held");
      }
    });
  };

  Panel.prototype.refresh = function () {
    if (this.view !== null) {
      var start = this.start;
      this.view.refresh();
      this.show(this.state, this.race);
      if (start) {
        this.showStart(start);
      }
    }
  };

  window.QwopPanel = Panel;
})(window, document);
