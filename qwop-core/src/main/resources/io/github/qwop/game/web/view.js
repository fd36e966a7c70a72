// The picture: draws any state of the game, laid out as PageState says, on a canvas. It keeps nothing between calls but
// the canvas's colours and size.
(function (window) {
  "use strict";

  // Units: 10 make a metre, y points down.
  var SURFACE = 9.14275;
  var METRE = 10;
  var SAND_PIT = 1000;
  var TAKE_OFF = 989;
  var TRACK_DEPTH = 5;
  var SEEN_WIDTH = 26;
  var SEEN_HEIGHT = 23;
  // Room above the torso's middle for a raised arm.
  var HEADROOM = 7;
  var HURDLE_AT = 67;
  // How far a limb is from the torso's middle at most.
  var GHOST_REACH = 6;

  // Halves of width and height, and drawing order: the far side of the body first.
  var PARTS = [
    { at: 10, w: 1.85, h: 0.625, colour: "skin-far" },
    { at: 25, w: 1.75, h: 0.55, colour: "skin-far" },
    { at: 15, w: 2.5, h: 0.75, colour: "skin-far" },
    { at: 30, w: 2.525, h: 1, colour: "shorts-far" },
    { at: 20, w: 1.35, h: 0.675, colour: "shoe-far" },
    { at: 0, w: 3.275, h: 1.425, colour: "shirt" },
    { at: 5, w: 1.075, h: 1.325, colour: "skin", head: true },
    { at: 40, w: 2.5, h: 0.75, colour: "skin" },
    { at: 55, w: 2.65, h: 1, colour: "shorts" },
    { at: 45, w: 1.35, h: 0.725, colour: "shoe" },
    { at: 50, w: 2.225, h: 0.675, colour: "skin" },
    { at: 35, w: 1.95, h: 0.75, colour: "skin" }
  ];

  var WALL = { x: -39.99625, y: 2.10625, w: 6.275, h: 7.475 };

  // Those of page.css.
  var COLOURS = ["sky", "hill", "hill-near", "track", "track-edge", "line", "sand", "sand-grain", "wood", "skin",
      "skin-far", "shirt", "shorts", "shorts-far", "shoe", "shoe-far", "hair", "ghost", "panel", "text"];

  // What the keys do to the near leg, at the height of which part: back, and forward.
  var KEYS = [
    { at: 55, back: "W", forward: "Q" },
    { at: 40, back: "P", forward: "O" }
  ];
  var KEY_SIZE = 2.3;

  function View(canvas) {
    this.canvas = canvas;
    this.context = canvas.getContext("2d");
    this.refresh();
  }

  // Reads colours and size again: after the window has changed.
  View.prototype.refresh = function () {
    var style = window.getComputedStyle(this.canvas);
    this.colours = {};
    COLOURS.forEach(function (name) {
      this.colours[name] = style.getPropertyValue("--" + name).trim();
    }, this);
    var ratio = window.devicePixelRatio || 1;
    this.canvas.width = Math.max(1, Math.round(this.canvas.clientWidth * ratio));
    this.canvas.height = Math.max(1, Math.round(this.canvas.clientHeight * ratio));
  };

  // ghost: the state of a runner who is drawn behind this one, or null.
  View.prototype.draw = function (state, ghost) {
    var c = this.context;
    var width = this.canvas.width;
    var height = this.canvas.height;
    var scale = Math.min(width / SEEN_WIDTH, height / SEEN_HEIGHT);
    var left = state[0] - 0.42 * width / scale;
    var bottom = SURFACE + Math.min(TRACK_DEPTH, 0.2 * height / scale);
    var top = Math.min(bottom - height / scale, state[1] - HEADROOM);
    var seen = { left: left, right: left + width / scale, top: top, bottom: top + height / scale };

    c.setTransform(1, 0, 0, 1, 0, 0);
    c.fillStyle = this.colours["sky"];
    c.fillRect(0, 0, width, height);
    c.setTransform(scale, 0, 0, scale, -left * scale, -top * scale);
    this.drawHills(seen, 0.25, 6.5, 17, "hill");
    this.drawHills(seen, 0.5, 3.5, 11, "hill-near");
    this.drawTrack(seen);
    this.drawHurdle(state);
    if (ghost) {
      this.drawGhost(ghost, seen);
    }
    for (var i = 0; i < PARTS.length; i++) {
      this.drawPart(state, PARTS[i]);
    }
  };

  // A shadow of a runner; where it is out of sight, an arrow.
  View.prototype.drawGhost = function (state, seen) {
    var c = this.context;
    for (var i = 0; i < PARTS.length; i++) {
      this.place(state[PARTS[i].at], state[PARTS[i].at + 1], state[PARTS[i].at + 2]);
      this.capsule("ghost", PARTS[i].w, PARTS[i].h);
      c.restore();
    }
    var way = state[0] - GHOST_REACH > seen.right ? 1 : state[0] + GHOST_REACH < seen.left ? -1 : 0;
    if (way !== 0) {
      var edge = way > 0 ? seen.right : seen.left;
      var y = SURFACE - 4;
      c.fillStyle = this.colours["ghost"];
      c.beginPath();
      c.moveTo(edge - way * 0.4, y);
      c.lineTo(edge - way * 1.6, y - 1);
      c.lineTo(edge - way * 1.6, y + 1);
      c.fill();
    }
  };

  // Which key moves the near leg where, beside it.
  View.prototype.drawKeys = function (state) {
    KEYS.forEach(function (key) {
      var y = state[key.at + 1];
      this.drawKey(key.back, state[0] - 7, y, -1);
      this.drawKey(key.forward, state[0] + 6.5, y, 1);
    }, this);
  };

  // A key's cap, and an arrow from the runner past it.
  View.prototype.drawKey = function (letter, x, y, way) {
    var c = this.context;
    var half = KEY_SIZE / 2;
    this.fill("text", x - half - 0.08, y - half - 0.08, KEY_SIZE + 0.16, KEY_SIZE + 0.16);
    this.fill("panel", x - half, y - half, KEY_SIZE, KEY_SIZE);
    c.fillStyle = this.colours["text"];
    c.textBaseline = "middle";
    c.textAlign = "center";
    c.font = "600 1.5px system-ui, sans-serif";
    c.fillText(letter, x, y + 0.1);
    var tail = x - way * (half + 2.2);
    var head = x - way * (half + 1.2);
    this.fill("text", Math.min(tail, head), y - 0.12, Math.abs(head - tail), 0.24);
    c.beginPath();
    c.moveTo(x - way * (half + 0.3), y);
    c.lineTo(head, y - 0.6);
    c.lineTo(head, y + 0.6);
    c.fill();
  };

  // Rolling hills that move slower than the track: pace is how fast they pass by, 1 for the track's own speed.
  View.prototype.drawHills = function (seen, pace, high, wide, colour) {
    var c = this.context;
    var passed = seen.left * (1 - pace);
    c.fillStyle = this.colours[colour];
    c.beginPath();
    c.moveTo(seen.left, SURFACE);
    for (var x = seen.left; x <= seen.right + 1; x += 0.5) {
      var along = (x - passed) / wide;
      c.lineTo(x, SURFACE - high * (0.62 + 0.25 * Math.sin(along) + 0.13 * Math.sin(2.3 * along + 1)));
    }
    c.lineTo(seen.right + 1, SURFACE);
    c.fill();
  };

  View.prototype.drawTrack = function (seen) {
    var c = this.context;
    var deep = seen.bottom - SURFACE;
    this.fill("track", seen.left, SURFACE, seen.right - seen.left, deep);
    this.fill("track-edge", seen.left, SURFACE, seen.right - seen.left, 0.25);
    this.fill("line", -0.15, SURFACE, 0.3, 1.25);
    if (seen.right > TAKE_OFF) {
      this.fill("line", TAKE_OFF, SURFACE, SAND_PIT - TAKE_OFF, 0.4);
      this.fill("sand", SAND_PIT, SURFACE, Math.max(0, seen.right - SAND_PIT), deep);
      this.drawSand(seen);
    }
    this.fill("wood", WALL.x - WALL.w, WALL.y - WALL.h, 2 * WALL.w, 2 * WALL.h);
    c.textBaseline = "top";
    c.font = "600 1.3px system-ui, sans-serif";
    var last = Math.min(Math.ceil(seen.right / METRE), SAND_PIT / METRE);
    for (var metre = Math.floor(seen.left / METRE); metre <= last; metre++) {
      var labelled = metre % 5 === 0;
      this.fill("line", metre * METRE - 0.06, SURFACE + 0.25, 0.12, labelled ? 1 : 0.5);
      if (labelled) {
        // The last label stands before the sand, not half in it.
        c.textAlign = metre * METRE === SAND_PIT ? "right" : "center";
        c.fillText(metre + " m", metre * METRE, SURFACE + 1.4);
      }
    }
  };

  View.prototype.drawSand = function (seen) {
    var c = this.context;
    c.fillStyle = this.colours["sand-grain"];
    for (var i = Math.max(0, Math.floor(seen.left - SAND_PIT)); i < seen.right - SAND_PIT; i++) {
      for (var row = 0; row < 4; row++) {
        // Scattered, but the same grain at the same place in every picture.
        c.fillRect(SAND_PIT + i + (i * 7 + row * 5) % 11 / 11, SURFACE + 0.5 + row + (i * 5 + row * 3) % 7 / 9, 0.16, 0.16);
      }
    }
  };

  View.prototype.drawHurdle = function (state) {
    var c = this.context;
    if (!(state.length > HURDLE_AT)) {
      return;
    }
    this.place(state[HURDLE_AT], state[HURDLE_AT + 1], state[HURDLE_AT + 2]);
    this.fill("wood", -1.675, -0.3, 3.35, 0.6);
    c.restore();
    this.place(state[HURDLE_AT + 3], state[HURDLE_AT + 4], state[HURDLE_AT + 5]);
    this.fill("wood", -0.2, -3.65, 0.4, 7.3);
    this.fill("line", -0.5375, -3.65, 1.075, 1.3);
    c.restore();
  };

  View.prototype.drawPart = function (state, part) {
    var c = this.context;
    this.place(state[part.at], state[part.at + 1], state[part.at + 2]);
    if (part.head) {
      this.drawHead(part);
    } else {
      this.capsule(part.colour, part.w, part.h);
    }
    c.restore();
  };

  View.prototype.drawHead = function (part) {
    var c = this.context;
    this.capsule(part.colour, part.w, part.h);
    c.fillStyle = this.colours["hair"];
    c.beginPath();
    c.arc(0, -0.35, part.w, Math.PI, 2 * Math.PI);
    c.fill();
    this.fill("line", -part.w, -0.5, 2 * part.w, 0.3);
    this.fill("hair", 0.45, -0.05, 0.28, 0.34);
  };

  // A rectangle, its corners as round as it allows.
  View.prototype.capsule = function (colour, w, h) {
    var c = this.context;
    var r = Math.min(w, h);
    c.fillStyle = this.colours[colour];
    c.beginPath();
    c.arc(w - r, r - h, r, -Math.PI / 2, 0);
    c.arc(w - r, h - r, r, 0, Math.PI / 2);
    c.arc(r - w, h - r, r, Math.PI / 2, Math.PI);
    c.arc(r - w, r - h, r, Math.PI, 1.5 * Math.PI);
    c.fill();
  };

  View.prototype.place = function (x, y, angle) {
    this.context.save();
    this.context.translate(x, y);
    this.context.rotate(angle);
  };

  View.prototype.fill = function (colour, x, y, width, height) {
    this.context.fillStyle = this.colours[colour];
    this.context.fillRect(x, y, width, height);
  };

  window.QwopView = View;
})(window);
