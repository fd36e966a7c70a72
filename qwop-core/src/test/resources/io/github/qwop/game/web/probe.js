// Comes before the open page's own scripts, takes its animation frames into its hands, plays it by keyboard events as
// fast as it can, and writes what it saw into the document, one "name=value" per line.
(function (window, document) {
  "use strict";

  // A little more than an update's time, so that no rounding loses one.
  var MILLIS_PER_UPDATE = 1000 / 30 + 0.01;
  var SHIRT = [0x27, 0x54, 0x8a];
  var LINE = [0xff, 0xf6, 0xee];
  var frames = [];
  var now = 0;
  var seen = [];

  window.requestAnimationFrame = function (callback) { frames.push(callback); };

  function pump(updates) {
    for (var i = 0; i < updates; i++) {
      now += MILLIS_PER_UPDATE;
      var due = frames;
      frames = [];
      due.forEach(function (callback) { callback(now); });
    }
  }

  function press(keys, down) {
    keys.split("").forEach(function (key) {
      send(down ? "keydown" : "keyup", { key: key });
    });
  }

  function send(type, key) {
    document.dispatchEvent(new KeyboardEvent(type, key));
  }

  function hold(keys, updates) {
    press(keys, true);
    pump(updates);
    press(keys, false);
  }

  function pixels(colour) {
    var canvas = document.getElementById("view");
    var data = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data;
    var count = 0;
    var sumX = 0;
    for (var i = 0; i < data.length; i += 4) {
      if (data[i] === colour[0] && data[i + 1] === colour[1] && data[i + 2] === colour[2]) {
        count++;
        sumX += (i / 4) % canvas.width;
      }
    }
    return { share: count / (canvas.width * canvas.height), meanX: sumX / count };
  }

  // Where the start line is seen: the one tall and wide thing in its colour, so the column with most of it.
  function startLine() {
    var canvas = document.getElementById("view");
    var data = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data;
    var best = -1;
    var most = 0;
    for (var x = 0; x < canvas.width; x++) {
      var count = 0;
      for (var y = 0; y < canvas.height; y++) {
        var i = 4 * (y * canvas.width + x);
        count += data[i] === LINE[0] && data[i + 1] === LINE[1] && data[i + 2] === LINE[2] ? 1 : 0;
      }
      if (count > most) {
        most = count;
        best = x;
      }
    }
    return best;
  }

  function see(name, value) {
    seen.push(name + "=" + value);
  }

  function look(when) {
    see("shirt." + when, pixels(SHIRT).share);
    see("shirtX." + when, pixels(SHIRT).meanX);
    see("startLine." + when, startLine());
    see("distance." + when, document.getElementById("distance").textContent);
  }

  // As TrajectoryHash in Java.
  function trajectoryHash(frames) {
    var creation = [0, 1, 5, 6, 2, 3, 4, 10, 7, 8, 9, 11];
    var game = window.qwop;
    var generator = 12345;
    var keys = 0;
    var hash = 0;
    var cell = new DataView(new ArrayBuffer(8));
    game.reset();
    for (var frame = 0; frame < frames; frame++) {
      if (frame % 4 === 0) {
        generator = Math.imul(1103515245, generator) + 12345 & 0x7fffffff;
        keys = (generator >> 16) % 16;
      }
      game.step(keys, 1);
      creation.forEach(function (part) {
        for (var value = 0; value < 3; value++) {
          cell.setFloat64(0, game.state[5 * part + value], true);
          for (var byte = 0; byte < 8; byte++) {
            hash = Math.imul(31, hash) + cell.getUint8(byte) | 0;
          }
        }
      });
      if (game.state[63]) {
        game.reset();
      }
    }
    return hash;
  }

  window.addEventListener("load", function () {
    try {
      pump(2);
      look("start");
      // A shuffle that does not fall.
      for (var i = 0; i < 8; i++) {
        hold("wo", 10);
        hold("qp", 8);
      }
      look("run");
      press("q", true);
      pump(1);
      see("heldKeys", document.querySelectorAll(".key.held").length);
      press("q", false);
      send("keydown", { key: "\u0439", code: "KeyQ" });
      see("heldByPlace", document.querySelector(".key.held").textContent);
      send("keyup", { key: "\u0439", code: "KeyQ", ctrlKey: true });
      see("heldAtLast", document.querySelectorAll(".key.held").length);
      press("r", true);
      pump(1);
      look("restart");
      hold("o", 60);
      see("message", document.getElementById("message").textContent);
      see("hash", trajectoryHash(Number(document.documentElement.getAttribute("data-frames"))));
    } catch (e) {
      see("error", e.stack);
    }
    var report = document.createElement("pre");
    report.id = "report";
    report.textContent = seen.join("\n");
    document.body.appendChild(report);
  });
})(window, document);
