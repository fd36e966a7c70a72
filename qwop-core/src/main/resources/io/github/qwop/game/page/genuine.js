// Plays the genuine game: finds the running game through its classes, holds its keys, calls its update, reads its
// bodies. Only names that the game itself looks up at run time are used, so a minified script works as well.
//
// classes: the game's classes by full name; inflate: zlib, bytes to bytes; withEvents: whether keys are pressed by
// keyboard events or set where the game's own key handler would set them.
(function (window, classes, inflate, withEvents) {
  "use strict";

  // One update advances the score clock by this much; the physics step inside is the game's own, 0.04 s.
  var UPDATE = 0.03333333333333333;

  // In the order of BodyPart, which is that of observations and recordings.
  var PARTS = ["torso", "head", "leftArm", "leftCalf", "leftFoot", "leftForearm", "leftThigh", "rightArm", "rightCalf",
      "rightFoot", "rightForearm", "rightThigh"];
  var HURDLE = ["hurdleBase", "hurdleTop"];
  var KEYS = ["Q", "W", "O", "P"];

  function need(present, what) {
    if (!present) {
      throw new Error("it has no " + what);
    }
  }

  function classOf(name) {
    need(classes[name], "class " + name);
    return classes[name];
  }

  var Luxe = classOf("Luxe");
  var Globals = classOf("Globals");
  var ContactListener = classOf("ContactListener");
  var Collision = classOf("box2D.collision.B2Collision");
  var TreeNode = classOf("box2D.collision.B2DynamicTreeNode");
  var Vec2 = classOf("box2D.common.math.B2Vec2");
  var World = classOf("box2D.dynamics.B2World");
  var Bytes = classOf("haxe.io.Bytes");
  var Uncompress = classOf("haxe.zip.Uncompress");
  var Actuate = classOf("luxe.tween.Actuate");

  need(Luxe.core && Luxe.core.game, "running game");
  var game = Luxe.core.game;
  ["create_player", "reset", "update"].forEach(function (name) {
    need(typeof game[name] === "function", "function " + name);
  });

  // See PageState for what each place holds.
  var state = new Float64Array(67);
  var bodies = [];
  var ground = [];
  var held = 0;

  function nothing() {}

  function physicsOf(sprite) {
    return sprite._components.get("physicsBody", false);
  }

  function findBodies() {
    bodies = PARTS.map(function (part) { return physicsOf(game[part]).body; });
  }

  // Loading is nearly all inflation of the asset bundle, 4 s in an interpreter and 20 ms here, with the same result.
  Uncompress.run = function (packed) {
    var unpacked = new Uint8Array(inflate(new Uint8Array(packed.b)));
    return new Bytes(unpacked.length, unpacked);
  };

  // No update while the game loads: each would turn the runner's head, and their number would be the loader's.
  game.update = nothing;

  // What updates and falls do for eye and ear only: key pictures, the score's text, the light on the runner, a puff of
  // dust, the music's volume by the runner's mean speed.
  function stopDrawing() {
    KEYS.forEach(function (key) {
      game[key + "KeySprite"] = { set_uv: nothing, set_size: nothing };
    });
    game.scoreText = { set_text: nothing };
    Object.keys(game).forEach(function (name) {
      if (name.indexOf("bevelShader") === 0) {
        game[name] = null;
      }
    });
    var tween = {
      ease: function () { return tween; },
      onComplete: function () { return tween; }
    };
    Actuate.tween = function () { return tween; };
    game.speedArray = { length: 0, pop: nothing, push: nothing, shift: nothing };
    Luxe.audio.volume = nothing;
    // The scene would queue every new body's picture for a frame that is never drawn.
    Luxe.scene.inited = Luxe.scene.started = false;
  }

  function press(key, down) {
    var code = key.charCodeAt(0);
    window.document.dispatchEvent(new window.KeyboardEvent(down ? "keydown" : "keyup",
        { key: key.toLowerCase(), code: "Key" + key, keyCode: code, which: code, bubbles: true }));
  }

  // keys: bit mask, Q 1, W 2, O 4, P 8.
  function hold(keys) {
    if (keys === held) {
      return;
    }
    KEYS.forEach(function (key, bit) {
      var down = (keys >> bit & 1) === 1;
      if (!withEvents) {
        game[key + "Down"] = down;
      } else if (down !== ((held >> bit & 1) === 1)) {
        press(key, down);
      }
    });
    held = keys;
  }

  function click() {
    var canvas = Luxe.core.app.window.handle;
    ["mousedown", "mouseup"].forEach(function (type) {
      canvas.dispatchEvent(new window.MouseEvent(type, { clientX: 320, clientY: 200, button: 0, bubbles: true }));
    });
    need(game.firstClick === true, "answer to a click");
  }

  // Ends loading. The loader has made ground and runner, and no update has moved a piece of ground yet.
  function begin() {
    PARTS.concat(HURDLE).forEach(function (name) { need(game[name], "part " + name); });
    ground = game.floorSprites.concat(game.block).map(function (sprite) {
      var body = physicsOf(sprite).body;
      return { sprite: sprite, x: body.getPosition().x, y: body.getPosition().y, angle: body.getAngle() };
    });
    stopDrawing();
    delete game.update;
    game.update(UPDATE);
    click();
    findBodies();
    read(0);
  }

  // The state of a page just loaded, one idle update and the click behind it, without loading it again: a new world,
  // filled by the game's own functions in the order of its loader, and those leftovers of the old world renewed that
  // the physics engine keeps outside of it (contact ids shared by reference, the numbering of tree nodes).
  function rebuild() {
    hold(0);
    PARTS.concat(HURDLE).forEach(function (name) { game[name].destroy(); });
    Collision.s_incidentEdge = Collision.makeClipPointVector();
    Collision.s_clipPoints1 = Collision.makeClipPointVector();
    Collision.s_clipPoints2 = Collision.makeClipPointVector();
    TreeNode.currentID = 0;
    game.m_world = new World(new Vec2(0, Globals.gravity), true);
    game.m_world.setContactListener(new ContactListener(game));
    ground.forEach(function (piece) {
      piece.sprite.get_pos().set_x(0);
      piece.sprite.get_pos().set_y(0);
      var physics = physicsOf(piece.sprite);
      physics.world = game.m_world;
      physics.onadded();
      physics.setPosition(piece.x, piece.y);
      physics.setAngle(piece.angle);
    });
    game.create_player();
    game.world_camera.get_pos().set_x(-10 * Globals.worldScale);
    game.world_camera.get_pos().set_y(-200);
    game.gameOver = game.gameEnded = game.fallen = game.jumped = game.jumpLanded = game.pause = false;
    game.score = game.highScore = 0;
    game.firstClick = false;
    game.update(UPDATE);
    game.firstClick = true;
    game.scoreTime = 0;
    findBodies();
    read(0);
  }

  function softReset(keys) {
    hold(keys);
    game.reset();
    findBodies();
    read(0);
  }

  function step(keys, frames) {
    hold(keys);
    var played = 0;
    for (var i = 0; i < frames; i++) {
      if (!game.gameEnded) {
        played++;
      }
      game.update(UPDATE);
    }
    read(played);
  }

  function shift(dx) {
    PARTS.forEach(function (part) {
      var physics = physicsOf(game[part]);
      physics.setPosition(physics.getPosition().x + dx, physics.getPosition().y);
    });
    read(0);
  }

  function sleep() {
    bodies.forEach(function (body) { body.setAwake(false); });
    read(0);
  }

  function read(played) {
    var at = 0;
    for (var i = 0; i < bodies.length; i++) {
      var body = bodies[i];
      var position = body.getPosition();
      var velocity = body.getLinearVelocity();
      state[at++] = position.x;
      state[at++] = position.y;
      state[at++] = body.getAngle();
      state[at++] = velocity.x;
      state[at++] = velocity.y;
    }
    state[at++] = played;
    state[at++] = game.scoreTime;
    state[at++] = game.score;
    state[at++] = game.gameEnded ? 1 : 0;
    state[at++] = game.fallen ? 1 : 0;
    state[at++] = game.jumped ? 1 : 0;
    state[at++] = game.jumpLanded ? 1 : 0;
  }

  return {
    classes: classes,
    state: state.buffer,
    loaded: function () { return game.doneLoading === true; },
    begin: begin,
    rebuild: rebuild,
    softReset: softReset,
    step: step,
    shift: shift,
    sleep: sleep
  };
})
