package io.github.qwop.game.twin;

import io.github.qwop.game.Game;
import io.github.qwop.game.Keys;
import io.github.qwop.game.Snapshots;
import io.github.qwop.game.Trigonometry;
import io.github.qwop.game.Units;

/**
 * The game in plain Java: rules, controls and start of QWOP over our own physics kernel. Its states equal the genuine
 * game's bit for bit, on every platform, because it uses IEEE arithmetic in the genuine order and its own sine.
 *
 * <p>Allocates nothing after construction. A snapshot has some 700 numbers.
 */
public final class Twin implements Game, Snapshots {

    private static final double CLOCK_STEP = 1.0 / Units.UPDATES_PER_SECOND;

    private static final double SCREEN_WIDTH = 640;
    private static final double CAMERA_ON_PAGE = -200;
    private static final double CAMERA_AFTER_RESET = -280;
    private static final double CAMERA_LEAST = -1200;
    private static final double CAMERA_MOST = 20933;
    private static final double CAMERA_LEAD = 14;
    /** Above this height (y points down) the camera follows the runner up instead of along. */
    private static final double CAMERA_LIFT = -5;

    private static final double HEAD_STIFFNESS = -4;
    private static final double HEAD_REST = 0.2;

    private static final double HIP_SPEED = 2.5;
    private static final double SHOULDER_SPEED = 2;
    private static final double KNEE_SPEED = 2.5;

    /** Where the sand begins and from where on a step counts as the jump into it, in pixels. */
    private static final double SAND_PIT = Units.FINISH * Units.PER_METRE * Blueprint.SCALE;

    private static final double TAKE_OFF = SAND_PIT - 220;

    /** Numbers of a snapshot beside the world's. */
    private static final int SAVED = 9;

    private final Trigonometry trigonometry;
    final World world;
    private final Body torso;
    private final Body head;
    private final RevoluteJoint rightShoulder;
    private final RevoluteJoint leftShoulder;
    private final RevoluteJoint rightHip;
    private final RevoluteJoint leftHip;
    private final RevoluteJoint rightKnee;
    private final RevoluteJoint leftKnee;

    /** Hears of every contact begun, before the rules do. */
    World.ContactListener witness = contact -> {};

    private double scoreTime;
    private double score;
    private double camera;
    private boolean clicked;
    private boolean paused;
    private boolean gameEnded;
    private boolean fallen;
    private boolean jumped;
    private boolean jumpLanded;

    /** A game at the canonical start, played with fdlibm's sine and cosine. */
    public Twin() {
        this(Trigonometry.FDLIBM);
    }

    /** A game at the canonical start. */
    public Twin(Trigonometry trigonometry) {
        this.trigonometry = trigonometry;
        world = new World(this::touched, SineCosine.of(trigonometry));
        torso = world.bodies[Blueprint.TORSO];
        head = world.bodies[Blueprint.HEAD];
        rightShoulder = world.joints[Blueprint.RIGHT_SHOULDER];
        leftShoulder = world.joints[Blueprint.LEFT_SHOULDER];
        rightHip = world.joints[Blueprint.RIGHT_HIP];
        leftHip = world.joints[Blueprint.LEFT_HIP];
        rightKnee = world.joints[Blueprint.RIGHT_KNEE];
        leftKnee = world.joints[Blueprint.LEFT_KNEE];
        reset();
    }

    @Override
    public void reset() {
        resetFresh(1);
        softReset(Keys.NONE);
    }

    /**
     * Returns to a page just loaded: the pose of the start, before any physics step.
     *
     * @param idleUpdates how often the page was updated before the player's first click, 0 or more; the genuine page
     *     always is at least once
     */
    public void resetFresh(int idleUpdates) {
        if (idleUpdates < 0) {
            throw new IllegalArgumentException("idleUpdates is " + idleUpdates
                    + ": give the number of updates before the first click, 0 or more.");
        }
        world.build();
        scoreTime = 0;
        score = 0;
        camera = CAMERA_ON_PAGE;
        paused = false;
        clearFlags();
        clicked = false;
        for (int i = 0; i < idleUpdates; i++) {
            update(Keys.NONE);
        }
        clicked = true;
        scoreTime = 0;
    }

    /**
     * The game's own restart (its R key), with all that leaks through it: the track's place, the box tree's order, the
     * keys held. Ends with one update.
     *
     * @param keysHeld keys held during that update, 0 to 15
     */
    public void softReset(int keysHeld) {
        Keys.check(keysHeld);
        score = 0;
        scoreTime = 0;
        camera = CAMERA_AFTER_RESET;
        world.renew();
        clearFlags();
        paused = false;
        update(keysHeld);
    }

    private void clearFlags() {
        gameEnded = false;
        fallen = false;
        jumped = false;
        jumpLanded = false;
    }

    /**
     * Moves the whole runner along the track by hand, part after part; velocities stay.
     *
     * @param dx how far, in units
     */
    public void shift(double dx) {
        for (int part : Blueprint.PARTS) {
            Body body = world.bodies[part];
            world.setPosition(body, body.x + dx, body.y);
        }
    }

    @Override
    public int step(int keys, int frames) {
        Keys.check(keys);
        if (frames < 1) {
            throw new IllegalArgumentException("frames is " + frames + ": play at least 1 game update.");
        }
        int played = 0;
        for (int i = 0; i < frames; i++) {
            played += gameEnded ? 0 : 1;
            update(keys);
        }
        return played;
    }

    /**
     * Plays one game update, also after the end: a fallen runner goes on falling.
     *
     * @param keys keys held, 0 to 15
     */
    public void update(int keys) {
        if (!paused && !gameEnded) {
            scoreTime = scoreTime + CLOCK_STEP;
        }
        laySections();
        if (!fallen) {
            head.wakeIfAsleep();
            head.torque = HEAD_STIFFNESS * (head.angle + HEAD_REST) + head.torque;
        }
        control(keys);
        if (clicked) {
            if (!paused) {
                world.step();
            }
            if (torso.y >= CAMERA_LIFT && !fallen) {
                double x = (torso.x - CAMERA_LEAD) * Blueprint.SCALE;
                camera = x < CAMERA_LEAST ? CAMERA_LEAST : x > CAMERA_MOST ? CAMERA_MOST : x;
            }
        }
        if (!jumpLanded) {
            score = Math.floor(torso.x + 0.5) / Units.PER_METRE;
        }
        if (!gameEnded && jumpLanded) {
            paused = true;
            end();
        } else if (!gameEnded && fallen) {
            end();
        }
    }

    /** Keeps the three pieces of the track under the camera. */
    private void laySections() {
        double screen = Math.floor(camera / SCREEN_WIDTH);
        for (int i = 0; i < Blueprint.PIECES; i++) {
            Body piece = world.bodies[i];
            double x = (screen + i) * SCREEN_WIDTH / Blueprint.SCALE;
            if (x != piece.x) {
                world.setPosition(piece, x, piece.y);
            }
        }
    }

    private void control(int keys) {
        double thighs = (keys & Keys.Q) != 0 ? 1 : (keys & Keys.W) != 0 ? -1 : 0;
        rightHip.speed = HIP_SPEED * thighs;
        leftHip.speed = -HIP_SPEED * thighs;
        rightShoulder.speed = -SHOULDER_SPEED * thighs;
        leftShoulder.speed = SHOULDER_SPEED * thighs;
        double calves = (keys & Keys.O) != 0 ? 1 : (keys & Keys.P) != 0 ? -1 : 0;
        rightKnee.speed = KNEE_SPEED * calves;
        leftKnee.speed = -KNEE_SPEED * calves;
        if (calves > 0) {
            setHipLimits(-1, 1, -1.3, 0.7);
        } else if (calves < 0) {
            setHipLimits(-1.5, 0.5, -0.8, 1.2);
        }
    }

    private void setHipLimits(double leftLower, double leftUpper, double rightLower, double rightUpper) {
        leftHip.lower = leftLower;
        leftHip.upper = leftUpper;
        rightHip.lower = rightLower;
        rightHip.upper = rightUpper;
    }

    private void touched(Contact contact) {
        witness.begin(contact);
        if (contact.a.index >= Blueprint.PIECES) {
            return;
        }
        switch (contact.b.index) {
            case Blueprint.LEFT_FOOT -> footTouched(contact);
            case Blueprint.HEAD,
                    Blueprint.LEFT_ARM,
                    Blueprint.LEFT_FOREARM,
                    Blueprint.RIGHT_ARM,
                    Blueprint.RIGHT_FOREARM -> {
                if (!fallen) {
                    fallen = true;
                    // Also when the foot has landed in this very update: its score is then overwritten.
                    if (jumped) {
                        land(contact.largestX());
                    }
                }
            }
            default -> {
                // The rules ask nothing of the other parts.
            }
        }
    }

    private void footTouched(Contact contact) {
        if (fallen) {
            return;
        }
        double x = contact.largestX();
        if (!jumped && x * Blueprint.SCALE > TAKE_OFF) {
            jumped = true;
        }
        if (jumped && !jumpLanded && x * Blueprint.SCALE > SAND_PIT) {
            land(x);
        }
    }

    private void land(double x) {
        jumpLanded = true;
        score = Math.floor(x + 0.5) / Units.PER_METRE;
    }

    private void end() {
        gameEnded = true;
        rightHip.motor = false;
        leftHip.motor = false;
        rightHip.speed = 0;
        leftHip.speed = 0;
        limp(rightKnee);
        limp(leftKnee);
        limp(rightShoulder);
        limp(leftShoulder);
    }

    private static void limp(RevoluteJoint joint) {
        joint.motor = false;
        joint.limit = false;
    }

    /** Whose sine and cosine it is played with. */
    public Trigonometry trigonometry() {
        return trigonometry;
    }

    @Override
    public void readBodies(double[] target, int offset) {
        int at = offset;
        for (int part : Blueprint.PARTS) {
            Body body = world.bodies[part];
            target[at] = body.x;
            target[at + 1] = body.y;
            target[at + 2] = body.angle;
            target[at + 3] = body.vx;
            target[at + 4] = body.vy;
            at += 5;
        }
    }

    /** The torso's place along the track, the first of the body values, in units. */
    public double torsoX() {
        return torso.x;
    }

    /**
     * Writes where the hurdle is, which no rule knows: x, y and angle of its base, then of its top.
     *
     * @param target receives 6 values from index {@code offset} on
     */
    public void readHurdle(double[] target, int offset) {
        int at = offset;
        for (int i = Blueprint.HURDLE_BASE; i <= Blueprint.HURDLE_TOP; i++) {
            Body body = world.bodies[i];
            target[at] = body.x;
            target[at + 1] = body.y;
            target[at + 2] = body.angle;
            at += 3;
        }
    }

    /** Whether a limb touches the hurdle, which no rule asks for. */
    public boolean hurdleTouched() {
        return world.hurdleTouched();
    }

    /** Whether the hurdle sleeps: it does until it is touched, and again when it lies still. */
    public boolean hurdleAsleep() {
        return !world.bodies[Blueprint.HURDLE_TOP].awake;
    }

    /** Whether any part of the runner sleeps. */
    public boolean limbAsleep() {
        for (int part : Blueprint.PARTS) {
            if (!world.bodies[part].awake) {
                return true;
            }
        }
        return false;
    }

    @Override
    public double scoreTime() {
        return scoreTime;
    }

    @Override
    public double score() {
        return score;
    }

    @Override
    public boolean gameEnded() {
        return gameEnded;
    }

    @Override
    public boolean fallen() {
        return fallen;
    }

    @Override
    public boolean jumped() {
        return jumped;
    }

    @Override
    public boolean jumpLanded() {
        return jumpLanded;
    }

    @Override
    public int mostSnapshotValues() {
        return SAVED + World.MOST_SAVED;
    }

    // The kernel's save and restore leave out what is the same between any two updates, what the next update writes
    // before it reads it, and what follows from other fields.

    @Override
    public int save(double[] target, int offset) {
        int at = offset;
        target[at++] = trigonometry == Trigonometry.GLIBC ? 1 : 0;
        target[at++] = scoreTime;
        target[at++] = score;
        target[at++] = camera;
        target[at++] = paused ? 1 : 0;
        target[at++] = gameEnded ? 1 : 0;
        target[at++] = fallen ? 1 : 0;
        target[at++] = jumped ? 1 : 0;
        target[at++] = jumpLanded ? 1 : 0;
        return world.save(target, at) - offset;
    }

    @Override
    public void restore(double[] saved, int offset) {
        int at = offset;
        if (saved[at++] != 0 != (trigonometry == Trigonometry.GLIBC)) {
            throw new IllegalArgumentException("The snapshot is of a game with another sine than " + trigonometry.text()
                    + ": restore it in one with the trigonometry that it was saved with.");
        }
        scoreTime = saved[at++];
        score = saved[at++];
        camera = saved[at++];
        paused = saved[at++] != 0;
        gameEnded = saved[at++] != 0;
        fallen = saved[at++] != 0;
        jumped = saved[at++] != 0;
        jumpLanded = saved[at++] != 0;
        world.restore(saved, at);
    }

    @Override
    public void close() {
        // Nothing is held.
    }
}
