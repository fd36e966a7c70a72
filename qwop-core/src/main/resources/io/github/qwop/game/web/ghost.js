// A runner that has run already: computed again from the keys of every update, to be seen and raced at any of them.
(function (window) {
  "use strict";

  var UPDATES_PER_SECOND = 30;
  // So many updates it is seen to fall.
  var REST = 30;
  var PER_METRE = 10;
  // Places in the state, see PageState.
  var PLAYED = 60;
  var SCORE = 62;
  var GAME_ENDED = 63;
  var JUMP_LANDED = 66;

  // How far a runner had come after each update, so that what is lost in swaying back is no loss.
  function Trail(x) {
    this.furthest = [x];
  }

  Trail.prototype.push = function (x) {
    this.furthest.push(Math.max(x, this.at(this.furthest.length)));
  };

  // After so many updates, or at its end if that was before.
  Trail.prototype.at = function (updates) {
    return this.furthest[Math.min(updates, this.furthest.length - 1)];
  };

  // The first update after which it was there; it has been.
  Trail.prototype.when = function (x) {
    var low = 0;
    var high = this.furthest.length - 1;
    while (low < high) {
      var middle = (low + high) >> 1;
      if (this.furthest[middle] < x) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  };

  // game: window.qwop, which is left with the ghost's sine and at its end; told: its name, trigonometry and keys.
  function Ghost(game, told) {
    var keys = Ghost.keys(told.keys);
    game.compute(told.trigonometry);
    this.name = told.name;
    this.values = game.state.length;
    this.states = new Float32Array((keys.length + REST + 1) * this.values);
    this.states.set(game.state, 0);
    this.last = 0;
    this.trail = new Trail(game.state[0]);
    while (this.last < keys.length || game.state[GAME_ENDED] && this.last < keys.length + REST) {
      game.step(this.last < keys.length ? keys[this.last] : 0, 1);
      this.last++;
      this.states.set(game.state, this.last * this.values);
      if (game.state[PLAYED]) {
        this.trail.push(game.state[0]);
      }
    }
    // After how many updates its run was over.
    this.end = this.trail.furthest.length - 1;
  }

  // Mask, count, mask, count and so on as the mask of every update.
  Ghost.keys = function (runs) {
    var keys = [];
    for (var i = 0; i < runs.length; i += 2) {
      for (var n = 0; n < runs[i + 1]; n++) {
        keys.push(runs[i]);
      }
    }
    return keys;
  };

  // Its state after so many updates, laid out as PageState says.
  Ghost.prototype.state = function (updates) {
    var from = Math.min(updates, this.last) * this.values;
    return this.states.subarray(from, from + this.values);
  };

  function amount(value, unit) {
    return value.toFixed(1) + " " + unit;
  }

  // Where the ghost is, in words.
  Ghost.prototype.place = function (updates) {
    var state = this.state(Math.min(updates, this.end));
    return state[JUMP_LANDED]
        ? "the ghost, finished"
        : (state[GAME_ENDED] ? "the ghost, fell at " : "the ghost at ") + amount(state[SCORE], "m");
  };

  // How a runner stands to the ghost at the same time on the clock, in words that "the ghost" follows: by how long ago
  // the one who leads was where the other has come to, and by metres. Who has finished is told by the two clocks.
  Ghost.prototype.lead = function (state, trail, updates) {
    var mine = trail.at(updates);
    var its = this.trail.at(updates);
    var metres = amount(Math.abs(mine - its) / PER_METRE, "m");
    if (state[JUMP_LANDED] && this.state(this.end)[JUMP_LANDED]) {
      var sooner = (this.end - updates) / UPDATES_PER_SECOND;
      return sooner === 0 ? "level with" : amount(Math.abs(sooner), "s") + (sooner > 0 ? " ahead of" : " behind");
    }
    if (mine === its) {
      return "level with";
    }
    if (mine < its) {
      return amount((updates - this.trail.when(mine)) / UPDATES_PER_SECOND, "s") + " and " + metres + " behind";
    }
    // A ghost that is over comes no further, and so time says nothing.
    return updates > this.end
        ? metres + " ahead of"
        : amount((updates - trail.when(its)) / UPDATES_PER_SECOND, "s") + " and " + metres + " ahead of";
  };

  Ghost.Trail = Trail;
  window.QwopGhost = Ghost;
})(window);
