// Loads the genuine game in a real browser as GenuineGame does in HtmlUnit, plays what the server has to play, tells
// the server what came of it, and loads the page again for the next.
//
// window.hooks: functions of the scripts that say what is done to the page; window.qwop: our kernel, whose sine and
// cosine the page gets, since a browser's own may be others.
(function () {
  "use strict";

  var fetch = window.fetch.bind(window);
  var later = window.setTimeout.bind(window);
  var sine = Math.sin;
  var cosine = Math.cos;
  var hooks = window.hooks;
  window.main();
  var kernel = window.qwop;
  var FRAME = 1000 / 30;
  var MAX_LOADING_FRAMES = 2000;
  // Beyond it fdlibm needs a reduction that the kernel does not have and no joint turns as far.
  var MOST_ANGLE = 1e6;

  function fail(error) {
    fetch("/failed", { method: "POST", body: String(error && error.stack || error) });
  }

  function load() {
    Math.sin = function (angle) { return Math.abs(angle) < MOST_ANGLE ? kernel.sine(angle) : sine(angle); };
    Math.cos = function (angle) { return Math.abs(angle) < MOST_ANGLE ? kernel.cosine(angle) : cosine(angle); };
    hooks.webgl(window);
    hooks.audio(window);
    window.advance = hooks.clock(window);
    window.classesOf = hooks.classes("luxe.Core");
    return new Promise(function (resolve, reject) {
      var script = document.createElement("script");
      script.onload = resolve;
      script.onerror = function () { reject("the script was not loaded"); };
      script.src = "/QWOP.min.js";
      document.body.appendChild(script);
    });
  }

  function begin() {
    var classes = window.classesOf();
    if (!classes) {
      throw new Error("it has no class luxe.Core");
    }
    var Uncompress = classes["haxe.zip.Uncompress"];
    var Bytes = classes["haxe.io.Bytes"];
    var own = Uncompress.run;
    var driver = hooks.genuine(window, classes, function (packed) {
      return new Uint8Array(own.call(Uncompress, new Bytes(packed.length, packed)).b).buffer;
    }, false);
    return new Promise(function (resolve, reject) {
      var frames = 0;
      (function frame() {
        if (driver.loaded()) {
          driver.begin();
          resolve(hooks.campaign(driver));
        } else if (frames++ < MAX_LOADING_FRAMES) {
          window.advance(FRAME);
          later(frame, 1);
        } else {
          reject("it had not loaded after " + MAX_LOADING_FRAMES + " frames");
        }
      })();
    });
  }

  // Some sines and cosines, for the server to check.
  function sines() {
    var values = [];
    for (var i = -5000; i < 5000; i++) {
      values.push(Math.sin(i * 0.00137), Math.cos(i * 0.00137));
    }
    return fetch("/sines", { method: "POST", body: new Float64Array(values) });
  }

  // The answer is empty as long as there is nothing to play.
  function work() {
    return fetch("/work").then(function (answer) { return answer.arrayBuffer(); })
      .then(function (bytes) { return bytes.byteLength > 0 ? bytes : work(); });
  }

  window.addEventListener("error", function (event) { fail(event.message); });
  load().then(sines).then(begin).then(function (play) {
    return work().then(function (bytes) {
      var numbersFrom = new DataView(bytes).getInt32(0, true);
      return fetch("/result", { method: "POST", body: play(new Uint8Array(bytes, 4), numbersFrom) });
    });
  }).then(function () { window.location.reload(); }).catch(fail);
})();
