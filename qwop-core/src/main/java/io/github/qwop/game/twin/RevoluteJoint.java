package io.github.qwop.game.twin;

/**
 * A revolute joint with motor and limit, of Box2D's 2.0 generation: it accumulates forces rather than impulses, and
 * solves point, motor and limit one after another.
 */
final class RevoluteJoint {

    /** Numbers that {@link #save} writes. */
    static final int SAVED = 9;

    private static final double LINEAR_SLOP = 0.005;
    private static final double ANGULAR_SLOP = 0.011111111111111112 * Math.PI;
    private static final double MAX_ANGULAR_CORRECTION = 0.044444444444444446 * Math.PI;

    private static final int UNDECIDED = 0;
    private static final int FREE = 1;
    private static final int AT_LOWER = 2;
    private static final int AT_UPPER = 3;
    private static final int LOCKED = 4;

    final Body a;
    final Body b;
    boolean inIsland;

    /** Motor speed in rad/s that b is to have relative to a. */
    double speed;

    boolean motor;
    boolean limit;
    double lower;
    double upper;

    private final double anchorAX;
    private final double anchorAY;
    private final double anchorBX;
    private final double anchorBY;
    private final double reference;
    private final double maxTorque;

    // Carried from step to step.
    private double forceX;
    private double forceY;
    private double motorForce;
    private double limitForce;
    private int limitState;

    // Constants of one step.
    private double r1x;
    private double r1y;
    private double r2x;
    private double r2y;
    private double mass11;
    private double mass12;
    private double mass22;
    private final double motorMass;
    private double limitPositionImpulse;

    /** The anchors are in the bodies' own frames; angles in radians, torque in units of force × length. */
    RevoluteJoint(
            Body a,
            Body b,
            double anchorAX,
            double anchorAY,
            double anchorBX,
            double anchorBY,
            double reference,
            double maxTorque) {
        this.a = a;
        this.b = b;
        this.anchorAX = anchorAX;
        this.anchorAY = anchorAY;
        this.anchorBX = anchorBX;
        this.anchorBY = anchorBY;
        this.reference = reference;
        this.maxTorque = maxTorque;
        motorMass = 1 / (a.inverseInertia + b.inverseInertia);
    }

    /** As just created: no force, limits as given. */
    void create(double lowerLimit, double upperLimit, boolean withMotor) {
        inIsland = false;
        speed = 0;
        motor = withMotor;
        limit = true;
        lower = lowerLimit;
        upper = upperLimit;
        forceX = 0;
        forceY = 0;
        motorForce = 0;
        limitForce = 0;
        limitState = UNDECIDED;
    }

    /**
     * Writes what decides the future between two steps; returns the place behind it. The motor's speed is not of it:
     * the keys of each update set it.
     */
    int save(double[] target, int from) {
        int at = from;
        target[at++] = motor ? 1 : 0;
        target[at++] = limit ? 1 : 0;
        target[at++] = lower;
        target[at++] = upper;
        target[at++] = forceX;
        target[at++] = forceY;
        target[at++] = motorForce;
        target[at++] = limitForce;
        target[at++] = limitState;
        return at;
    }

    /** Reads what {@link #save} wrote; returns the place behind it. */
    int restore(double[] saved, int from) {
        int at = from;
        motor = saved[at++] != 0;
        limit = saved[at++] != 0;
        lower = saved[at++];
        upper = saved[at++];
        forceX = saved[at++];
        forceY = saved[at++];
        motorForce = saved[at++];
        limitForce = saved[at++];
        limitState = (int) saved[at++];
        return at;
    }

    /** Computes the step's constants from the rotations at its start and applies the forces of the step before. */
    void prepare() {
        r1x = a.cos * anchorAX - a.sin * anchorAY;
        r1y = a.sin * anchorAX + a.cos * anchorAY;
        r2x = b.cos * anchorBX - b.sin * anchorBY;
        r2y = b.sin * anchorBX + b.cos * anchorBY;
        double masses = a.inverseMass + b.inverseMass;
        double k11 = (masses + a.inverseInertia * r1y * r1y) + b.inverseInertia * r2y * r2y;
        double k12 = -a.inverseInertia * r1x * r1y - b.inverseInertia * r2x * r2y;
        double k22 = (masses + a.inverseInertia * r1x * r1x) + b.inverseInertia * r2x * r2x;
        double determinant = k11 * k22 - k12 * k12;
        double d = determinant != 0 ? 1 / determinant : determinant;
        mass11 = d * k22;
        mass12 = -d * k12;
        mass22 = d * k11;

        if (!motor) {
            motorForce = 0;
        }
        if (limit) {
            decideLimit((b.angle - a.angle) - reference);
        } else {
            limitForce = 0;
        }
        limitPositionImpulse = 0;

        double torqueA = ((r1x * forceY - r1y * forceX) + motorForce) + limitForce;
        double torqueB = ((r2x * forceY - r2y * forceX) + motorForce) + limitForce;
        double pushA = World.DT * a.inverseMass;
        double pushB = World.DT * b.inverseMass;
        a.vx = a.vx - pushA * forceX;
        a.vy = a.vy - pushA * forceY;
        a.omega = a.omega - World.DT * a.inverseInertia * torqueA;
        b.vx = pushB * forceX + b.vx;
        b.vy = pushB * forceY + b.vy;
        b.omega = World.DT * b.inverseInertia * torqueB + b.omega;
    }

    private void decideLimit(double jointAngle) {
        double range = upper - lower;
        int before = limitState;
        if ((range < 0 ? -range : range) < 2 * ANGULAR_SLOP) {
            limitState = LOCKED;
        } else if (jointAngle <= lower) {
            if (before != AT_LOWER) {
                limitForce = 0;
            }
            limitState = AT_LOWER;
        } else if (jointAngle >= upper) {
            if (before != AT_UPPER) {
                limitForce = 0;
            }
            limitState = AT_UPPER;
        } else {
            limitState = FREE;
            limitForce = 0;
        }
    }

    /** One velocity iteration. */
    void solveVelocity() {
        double avx = a.vx;
        double avy = a.vy;
        double aw = a.omega;
        double bvx = b.vx;
        double bvy = b.vy;
        double bw = b.omega;
        double cx = ((bvx - bw * r2y) - avx) + aw * r1y;
        double cy = ((bvy + bw * r2x) - avy) - aw * r1x;
        double fx = -World.RATE * (mass11 * cx + mass12 * cy);
        double fy = -World.RATE * (mass12 * cx + mass22 * cy);
        forceX = forceX + fx;
        forceY = forceY + fy;
        double px = World.DT * fx;
        double py = World.DT * fy;
        a.vx = avx - a.inverseMass * px;
        a.vy = avy - a.inverseMass * py;
        aw = aw - a.inverseInertia * (r1x * py - r1y * px);
        b.vx = b.inverseMass * px + bvx;
        b.vy = b.inverseMass * py + bvy;
        bw = b.inverseInertia * (r2x * py - r2y * px) + bw;

        if (motor && limitState != LOCKED) {
            double total = motorForce - World.RATE * motorMass * ((bw - aw) - speed);
            total = total < -maxTorque ? -maxTorque : total > maxTorque ? maxTorque : total;
            double change = total - motorForce;
            motorForce = total;
            aw = aw - a.inverseInertia * World.DT * change;
            bw = b.inverseInertia * World.DT * change + bw;
        }
        if (limit && limitState != FREE) {
            double change = -World.RATE * motorMass * (bw - aw);
            double total = limitForce + change;
            if (limitState != LOCKED) {
                if (limitState == AT_LOWER) {
                    total = total > 0 ? total : 0;
                } else {
                    total = total < 0 ? total : 0;
                }
                change = total - limitForce;
            }
            limitForce = total;
            aw = aw - a.inverseInertia * World.DT * change;
            bw = b.inverseInertia * World.DT * change + bw;
        }
        a.omega = aw;
        b.omega = bw;
    }

    /**
     * One position iteration.
     *
     * @return whether the joint was within tolerance before it
     */
    boolean solvePosition(SineCosine trigonometry) {
        a.refresh(trigonometry);
        b.refresh(trigonometry);
        double ax = a.cos * anchorAX - a.sin * anchorAY;
        double ay = a.sin * anchorAX + a.cos * anchorAY;
        double bx = b.cos * anchorBX - b.sin * anchorBY;
        double by = b.sin * anchorBX + b.cos * anchorBY;
        double dx = (b.x + bx) - (a.x + ax);
        double dy = (b.y + by) - (a.y + ay);
        double error = Math.sqrt(dx * dx + dy * dy);
        double iA = a.inverseInertia;
        double iB = b.inverseInertia;
        double masses = a.inverseMass + b.inverseMass;
        double k11 = (masses + iA * ay * ay) + iB * by * by;
        double k12 = -iA * ax * ay - iB * bx * by;
        double k22 = (masses + iA * ax * ax) + iB * bx * bx;
        double determinant = k11 * k22 - k12 * k12;
        double d = determinant != 0 ? 1 / determinant : determinant;
        double px = d * (k12 * dy - k22 * dx);
        double py = d * (k12 * dx - k11 * dy);
        a.x = a.x - a.inverseMass * px;
        a.y = a.y - a.inverseMass * py;
        a.turn(-iA * (ax * py - ay * px));
        b.x = b.inverseMass * px + b.x;
        b.y = b.inverseMass * py + b.y;
        b.turn(iB * (bx * py - by * px));
        boolean withinLimit = limitWithinTolerance();
        return error <= LINEAR_SLOP && withinLimit;
    }

    private boolean limitWithinTolerance() {
        if (!limit || limitState == FREE) {
            return true;
        }
        double jointAngle = (b.angle - a.angle) - reference;
        double angularError;
        double impulse;
        if (limitState == LOCKED) {
            double c = jointAngle < -MAX_ANGULAR_CORRECTION
                    ? -MAX_ANGULAR_CORRECTION
                    : jointAngle > MAX_ANGULAR_CORRECTION ? MAX_ANGULAR_CORRECTION : jointAngle;
            impulse = -motorMass * c;
            angularError = c < 0 ? -c : c;
        } else if (limitState == AT_LOWER) {
            double c = jointAngle - lower;
            angularError = c < 0 ? -c : 0;
            c = c + ANGULAR_SLOP;
            c = c < -MAX_ANGULAR_CORRECTION ? -MAX_ANGULAR_CORRECTION : c > 0 ? 0 : c;
            double total = limitPositionImpulse - motorMass * c;
            total = total > 0 ? total : 0;
            impulse = total - limitPositionImpulse;
            limitPositionImpulse = total;
        } else {
            double c = jointAngle - upper;
            angularError = c > 0 ? c : 0;
            c = c - ANGULAR_SLOP;
            c = c < 0 ? 0 : c > MAX_ANGULAR_CORRECTION ? MAX_ANGULAR_CORRECTION : c;
            double total = limitPositionImpulse - motorMass * c;
            total = total < 0 ? total : 0;
            impulse = total - limitPositionImpulse;
            limitPositionImpulse = total;
        }
        if (impulse != 0) {
            a.turn(-a.inverseInertia * impulse);
            b.turn(b.inverseInertia * impulse);
        }
        return angularError <= ANGULAR_SLOP;
    }
}
