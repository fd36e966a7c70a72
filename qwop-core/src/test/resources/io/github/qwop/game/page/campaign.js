// Plays a campaign's operations on the genuine game and tells what it leads to. See Operation and Snapshot for the
// formats; the hash is Snapshot's.
//
// driver: what genuine.js returns, its page just loaded.
(function (driver) {
  "use strict";

  var UPDATE = 0.03333333333333333;

  // As Snapshot orders them.
  var BODIES = ["hurdleBase", "hurdleTop", "torso", "head", "leftArm", "leftCalf", "leftFoot", "leftForearm",
      "leftThigh", "rightArm", "rightCalf", "rightFoot", "rightForearm", "rightThigh"];
  var PARTS_VALUES = 60;
  var SEEN = 66;
  var HURDLE = 72;
  var LENGTH = 212;
  var KINDS = [[0, SEEN], [SEEN, HURDLE], [HURDLE, LENGTH]];

  var game = driver.classes.Luxe.core.game;
  var state = new Float64Array(driver.state);
  var numbers = new Float64Array(LENGTH);
  var words = new Int32Array(numbers.buffer);
  var bodies = [];
  var untouched = true;

  function findBodies() {
    bodies = BODIES.map(function (name) { return game[name]._components.get("physicsBody", false).body; });
  }

  function freshStart(idleUpdates) {
    if (!untouched) {
      driver.rebuild();
    }
    game.firstClick = false;
    for (var i = 1; i < idleUpdates; i++) {
      game.update(UPDATE);
    }
    game.firstClick = true;
    game.scoreTime = 0;
    driver.step(0, 0);
  }

  function read() {
    var i;
    for (i = 0; i < PARTS_VALUES; i++) {
      numbers[i] = state[i];
    }
    // The driver tells scoreTime before score, and before both what its last step played.
    numbers[i++] = state[PARTS_VALUES + 2];
    numbers[i++] = state[PARTS_VALUES + 1];
    for (var flag = 3; flag < 7; flag++) {
      numbers[i++] = state[PARTS_VALUES + flag];
    }
    for (var part = 0; part < 2; part++) {
      numbers[i++] = bodies[part].getPosition().x;
      numbers[i++] = bodies[part].getPosition().y;
      numbers[i++] = bodies[part].getAngle();
    }
    bodies.forEach(function (body) {
      var box = body.m_fixtureList.m_aabb;
      numbers[i++] = body.m_angularVelocity;
      numbers[i++] = body.m_xf.R.col1.x;
      numbers[i++] = body.m_xf.R.col1.y;
      numbers[i++] = body.m_torque;
      numbers[i++] = body.m_sleepTime;
      numbers[i++] = body.isAwake() ? 1 : 0;
      numbers[i++] = box.lowerBound.x;
      numbers[i++] = box.lowerBound.y;
      numbers[i++] = box.upperBound.x;
      numbers[i++] = box.upperBound.y;
    });
  }

  function hash(from, end) {
    var result = 0x12345;
    for (var i = from; i < end; i++) {
      // Minus zero counts as zero.
      numbers[i] += 0;
      result = Math.imul(result ^ words[2 * i], 0x2c1b3c6d);
      result ^= result >>> 15;
      result = Math.imul(result ^ words[2 * i + 1], 0x297a2d39);
      result ^= result >>> 14;
    }
    return result;
  }

  // operations: their bytes, a Uint8Array. Returns, as an ArrayBuffer, three hashes for each; or, with a place among
  // the operations, all numbers after each operation from there on.
  return function play(operations, numbersFrom) {
    var view = new DataView(operations.buffer, operations.byteOffset, operations.length);
    var told = [];
    var count = 0;
    for (var at = 0; at < operations.length; count++) {
      var code = operations[at++];
      if (code < 0x10) {
        driver.step(code, 1);
      } else if (code < 0x20) {
        driver.softReset(code - 0x10);
      } else if (code === 0x20) {
        freshStart(1);
        driver.softReset(0);
      } else if (code === 0x21) {
        freshStart(operations[at++]);
      } else if (code === 0x30) {
        driver.shift(view.getFloat64(at, true));
        at += 8;
      } else {
        throw new Error("There is no operation " + code);
      }
      untouched = false;
      if (code >= 0x10 && code < 0x30) {
        findBodies();
      }
      if (numbersFrom < 0 || count >= numbersFrom) {
        read();
      }
      if (numbersFrom < 0) {
        KINDS.forEach(function (kind) { told.push(hash(kind[0], kind[1])); });
      } else if (count >= numbersFrom) {
        told.push.apply(told, numbers);
      }
    }
    return (numbersFrom < 0 ? new Int32Array(told) : new Float64Array(told)).buffer;
  };
})
