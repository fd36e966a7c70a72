// The page's time is ours: performance.now, timers and animation frames stand still until advance() moves them. HtmlUnit
// would run timers on a thread of its own and never run animation frames, and a page's state would depend on how long
// the machine took.
(function (window) {
  "use strict";

  var now = 0;
  var lastId = 0;
  var frames = [];
  var timers = [];

  window.performance.now = function () { return now; };

  window.requestAnimationFrame = function (callback) {
    frames.push({ id: ++lastId, callback: callback });
    return lastId;
  };

  window.cancelAnimationFrame = function (id) {
    frames = frames.filter(function (frame) { return frame.id !== id; });
  };

  function addTimer(callback, delay, repeats, args) {
    var wait = Math.max(Number(delay) || 0, 0);
    timers.push({
      id: ++lastId,
      due: now + wait,
      // A repeating timer without delay would never let a moment pass.
      period: repeats ? Math.max(wait, 1) : 0,
      callback: callback,
      args: args
    });
    return lastId;
  }

  window.setTimeout = function (callback, delay) {
    return addTimer(callback, delay, false, Array.prototype.slice.call(arguments, 2));
  };

  window.setInterval = function (callback, delay) {
    return addTimer(callback, delay, true, Array.prototype.slice.call(arguments, 2));
  };

  window.clearTimeout = window.clearInterval = function (id) {
    timers = timers.filter(function (timer) { return timer.id !== id; });
  };

  function nextDue(end) {
    return timers.reduce(function (first, timer) {
      var sooner = timer.due <= end && (first === null || timer.due < first.due);
      return sooner ? timer : first;
    }, null);
  }

  // Moves time on: runs the timers that fall due, in their order, then every animation frame asked for so far.
  return function advance(millis) {
    var end = now + millis;
    for (var timer = nextDue(end); timer !== null; timer = nextDue(end)) {
      now = timer.due;
      if (timer.period > 0) {
        timer.due += timer.period;
      } else {
        window.clearTimeout(timer.id);
      }
      timer.callback.apply(window, timer.args);
    }
    now = end;
    var due = frames;
    frames = [];
    due.forEach(function (frame) { frame.callback.call(window, now); });
  };
})
