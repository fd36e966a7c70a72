package io.github.qwop.game.twin;

/**
 * Two bodies whose fat boxes overlap: their manifold of up to two points, the impulses that these carry from step to
 * step, and the sequential-impulse solver's constraint for them.
 *
 * <p>Body a is the one with the lower leaf number: a track body, when one is involved.
 */
final class Contact {

    /** The most numbers that {@link #save} writes. */
    static final int MOST_SAVED = 18;

    private static final double SLOP = 0.005;
    private static final double MAX_CORRECTION = 0.2;
    private static final double MAX_CONDITION = 100;

    Body a;
    Body b;
    boolean inIsland;

    /** Number of points of the manifold; the bodies touch when it is not 0. */
    int points;

    boolean touching;

    /** Whether the manifold's reference edge is one of b. */
    boolean referenceIsB;

    /** The reference edge's normal and middle, in the reference body's frame. */
    double normalX;

    double normalY;
    double planeX;
    double planeY;

    /** The points in the other body's frame. */
    double local0X;

    double local0Y;
    double local1X;
    double local1Y;
    int id0;
    int id1;

    double normalImpulse0;
    double normalImpulse1;
    double tangentImpulse0;
    double tangentImpulse1;

    // Everything below is the constraint of one step.
    private int active;
    private double friction;
    private double inverseMasses;
    private double massInverseMasses;
    private double nx;
    private double ny;
    private double leverA0X;
    private double leverA0Y;
    private double leverB0X;
    private double leverB0Y;
    private double leverA1X;
    private double leverA1Y;
    private double leverB1X;
    private double leverB1Y;
    private double normalMass0;
    private double normalMass1;
    private double tangentMass0;
    private double tangentMass1;
    private double equalizedMass0;
    private double equalizedMass1;
    private double k11;
    private double k12;
    private double k22;
    private double inverse11;
    private double inverse12;
    private double inverse22;

    /** World position of the point last computed by {@link #locate}. */
    private double pointX;

    private double pointY;

    Contact(Body none) {
        a = none;
        b = none;
    }

    /** Makes this the contact of two bodies that have not met. */
    void begin(Body bodyA, Body bodyB) {
        a = bodyA;
        b = bodyB;
        inIsland = false;
        points = 0;
        touching = false;
        friction = Math.sqrt(a.friction * b.friction);
        inverseMasses = a.inverseMass + b.inverseMass;
        massInverseMasses = a.massInverseMass + b.massInverseMass;
    }

    /**
     * Writes what decides the future between two steps: the bodies and the manifold's living points; returns the place
     * behind it. Bodies touch between two steps when there are points.
     */
    int save(double[] target, int from) {
        int at = from;
        target[at++] = a.index;
        target[at++] = b.index;
        target[at++] = points;
        if (points > 0) {
            target[at++] = referenceIsB ? 1 : 0;
            target[at++] = normalX;
            target[at++] = normalY;
            target[at++] = planeX;
            target[at++] = planeY;
            target[at++] = local0X;
            target[at++] = local0Y;
            target[at++] = id0;
            target[at++] = normalImpulse0;
            target[at++] = tangentImpulse0;
        }
        if (points > 1) {
            target[at++] = local1X;
            target[at++] = local1Y;
            target[at++] = id1;
            target[at++] = normalImpulse1;
            target[at++] = tangentImpulse1;
        }
        return at;
    }

    /** Reads what {@link #save} wrote; returns the place behind it. */
    int restore(double[] saved, int from, Body[] bodies) {
        int at = from;
        begin(bodies[(int) saved[at]], bodies[(int) saved[at + 1]]);
        at += 2;
        points = (int) saved[at++];
        touching = points > 0;
        if (points > 0) {
            referenceIsB = saved[at++] != 0;
            normalX = saved[at++];
            normalY = saved[at++];
            planeX = saved[at++];
            planeY = saved[at++];
            local0X = saved[at++];
            local0Y = saved[at++];
            id0 = (int) saved[at++];
            normalImpulse0 = saved[at++];
            tangentImpulse0 = saved[at++];
        }
        if (points > 1) {
            local1X = saved[at++];
            local1Y = saved[at++];
            id1 = (int) saved[at++];
            normalImpulse1 = saved[at++];
            tangentImpulse1 = saved[at++];
        }
        return at;
    }

    /** The largest x of the manifold's world points, as the game's rules ask for it: a missing second point reads 0. */
    double largestX() {
        locate(local0X, local0Y);
        double largest = pointX > -100000 ? pointX : -100000;
        double second = 0;
        if (points == 2) {
            locate(local1X, local1Y);
            second = pointX;
        }
        return second > largest ? second : largest;
    }

    /** World position of a manifold point, halfway between the two skins; also sets the contact's normal. */
    private void locate(double localX, double localY) {
        Body r = referenceIsB ? b : a;
        Body i = referenceIsB ? a : b;
        double fx = r.cos * normalX - r.sin * normalY;
        double fy = r.sin * normalX + r.cos * normalY;
        double gx = (r.x + r.cos * planeX) - r.sin * planeY;
        double gy = (r.y + r.sin * planeX) + r.cos * planeY;
        double qx = (i.x + i.cos * localX) - i.sin * localY;
        double qy = (i.y + i.sin * localX) + i.cos * localY;
        double h = 0.5 * (((Body.SKIN - (qx - gx) * fx) - (qy - gy) * fy) - Body.SKIN);
        pointX = h * fx + qx;
        pointY = h * fy + qy;
        nx = referenceIsB ? -fx : fx;
        ny = referenceIsB ? -fy : fy;
    }

    /** Computes this step's constraint from the poses at its start. */
    void prepare() {
        active = points;
        locate(local0X, local0Y);
        leverA0X = pointX - a.x;
        leverA0Y = pointY - a.y;
        leverB0X = pointX - b.x;
        leverB0Y = pointY - b.y;
        double eA0 = leverA0X * ny - leverA0Y * nx;
        double eB0 = leverB0X * ny - leverB0Y * nx;
        normalMass0 = 1 / effective(eA0, eB0);
        equalizedMass0 = 1 / equalized(eA0, eB0);
        tangentMass0 = 1 / effective(-leverA0X * nx - leverA0Y * ny, -leverB0X * nx - leverB0Y * ny);
        if (active == 1) {
            return;
        }
        locate(local1X, local1Y);
        leverA1X = pointX - a.x;
        leverA1Y = pointY - a.y;
        leverB1X = pointX - b.x;
        leverB1Y = pointY - b.y;
        double eA1 = leverA1X * ny - leverA1Y * nx;
        double eB1 = leverB1X * ny - leverB1Y * nx;
        normalMass1 = 1 / effective(eA1, eB1);
        equalizedMass1 = 1 / equalized(eA1, eB1);
        tangentMass1 = 1 / effective(-leverA1X * nx - leverA1Y * ny, -leverB1X * nx - leverB1Y * ny);

        k11 = (inverseMasses + a.inverseInertia * eA0 * eA0) + b.inverseInertia * eB0 * eB0;
        k22 = (inverseMasses + a.inverseInertia * eA1 * eA1) + b.inverseInertia * eB1 * eB1;
        k12 = (inverseMasses + a.inverseInertia * eA0 * eA1) + b.inverseInertia * eB0 * eB1;
        double determinant = k11 * k22 - k12 * k12;
        if (MAX_CONDITION * determinant > k11 * k11) {
            double d = determinant != 0 ? 1 / determinant : determinant;
            inverse11 = d * k22;
            inverse12 = -d * k12;
            inverse22 = d * k11;
        } else {
            // The two points are nearly one: solving them together would amplify rounding.
            active = 1;
        }
    }

    private double effective(double eA, double eB) {
        return (inverseMasses + eA * eA * a.inverseInertia) + eB * eB * b.inverseInertia;
    }

    private double equalized(double eA, double eB) {
        return (eA * eA * a.massInverseInertia + eB * eB * b.massInverseInertia) + massInverseMasses;
    }

    void warmStart() {
        // The tangent is (ny, −nx).
        applyAt0(normalImpulse0 * nx + tangentImpulse0 * ny, normalImpulse0 * ny - tangentImpulse0 * nx);
        if (active == 2) {
            applyAt1(normalImpulse1 * nx + tangentImpulse1 * ny, normalImpulse1 * ny - tangentImpulse1 * nx);
        }
    }

    private void applyAt0(double px, double py) {
        if (a.dynamic) {
            a.omega = a.omega - a.inverseInertia * (leverA0X * py - leverA0Y * px);
            a.vx = a.vx - a.inverseMass * px;
            a.vy = a.vy - a.inverseMass * py;
        }
        b.omega = b.inverseInertia * (leverB0X * py - leverB0Y * px) + b.omega;
        b.vx = b.inverseMass * px + b.vx;
        b.vy = b.inverseMass * py + b.vy;
    }

    private void applyAt1(double px, double py) {
        if (a.dynamic) {
            a.omega = a.omega - a.inverseInertia * (leverA1X * py - leverA1Y * px);
            a.vx = a.vx - a.inverseMass * px;
            a.vy = a.vy - a.inverseMass * py;
        }
        b.omega = b.inverseInertia * (leverB1X * py - leverB1Y * px) + b.omega;
        b.vx = b.inverseMass * px + b.vx;
        b.vy = b.inverseMass * py + b.vy;
    }

    /** Velocity along a direction of b's point 0 as seen from a's. */
    private double relative0(double dx, double dy) {
        double rx = ((b.vx - b.omega * leverB0Y) - a.vx) + a.omega * leverA0Y;
        double ry = ((b.vy + b.omega * leverB0X) - a.vy) - a.omega * leverA0X;
        return rx * dx + ry * dy;
    }

    private double relative1(double dx, double dy) {
        double rx = ((b.vx - b.omega * leverB1Y) - a.vx) + a.omega * leverA1Y;
        double ry = ((b.vy + b.omega * leverB1X) - a.vy) - a.omega * leverA1X;
        return rx * dx + ry * dy;
    }

    /** One velocity iteration: friction first, then the normal impulses, two of them together. */
    void solveVelocity() {
        double total = clampFriction(tangentImpulse0 - tangentMass0 * relative0(ny, -nx), normalImpulse0);
        double lambda = total - tangentImpulse0;
        tangentImpulse0 = total;
        applyAt0(lambda * ny, lambda * -nx);
        if (active == 1) {
            total = normalImpulse0 - normalMass0 * relative0(nx, ny);
            total = total > 0 ? total : 0;
            lambda = total - normalImpulse0;
            normalImpulse0 = total;
            applyAt0(lambda * nx, lambda * ny);
            return;
        }
        total = clampFriction(tangentImpulse1 - tangentMass1 * relative1(ny, -nx), normalImpulse1);
        lambda = total - tangentImpulse1;
        tangentImpulse1 = total;
        applyAt1(lambda * ny, lambda * -nx);
        solveBlock();
    }

    private double clampFriction(double impulse, double normalImpulse) {
        double most = friction * normalImpulse;
        double least = -friction * normalImpulse;
        return impulse < least ? least : impulse > most ? most : impulse;
    }

    /** The linear complementarity problem of two normal impulses, solved by trying its four cases. */
    private void solveBlock() {
        double old0 = normalImpulse0;
        double old1 = normalImpulse1;
        double b0 = relative0(nx, ny) - (k11 * old0 + k12 * old1);
        double b1 = relative1(nx, ny) - (k12 * old0 + k22 * old1);
        double x0 = -(inverse11 * b0 + inverse12 * b1);
        double x1 = -(inverse12 * b0 + inverse22 * b1);
        if (!(x0 >= 0 && x1 >= 0)) {
            x0 = -normalMass0 * b0;
            x1 = 0;
            if (!(x0 >= 0 && k12 * x0 + b1 >= 0)) {
                x0 = 0;
                x1 = -normalMass1 * b1;
                if (!(x1 >= 0 && k12 * x1 + b0 >= 0)) {
                    x1 = 0;
                    if (!(b0 >= 0 && b1 >= 0)) {
                        return;
                    }
                }
            }
        }
        normalImpulse0 = x0;
        normalImpulse1 = x1;
        double d0 = x0 - old0;
        double d1 = x1 - old1;
        double p0x = d0 * nx;
        double p0y = d0 * ny;
        double p1x = d1 * nx;
        double p1y = d1 * ny;
        if (a.dynamic) {
            a.vx = a.vx - a.inverseMass * (p0x + p1x);
            a.vy = a.vy - a.inverseMass * (p0y + p1y);
            a.omega = a.omega
                    - a.inverseInertia * (((leverA0X * p0y - leverA0Y * p0x) + leverA1X * p1y) - leverA1Y * p1x);
        }
        b.vx = b.inverseMass * (p0x + p1x) + b.vx;
        b.vy = b.inverseMass * (p0y + p1y) + b.vy;
        b.omega = b.inverseInertia * (((leverB0X * p0y - leverB0Y * p0x) + leverB1X * p1y) - leverB1Y * p1x) + b.omega;
    }

    /**
     * One position iteration: moves the bodies apart.
     *
     * @return the smaller of the two points' separations before the correction
     */
    double solvePosition(SineCosine trigonometry) {
        Body r = referenceIsB ? b : a;
        Body i = referenceIsB ? a : b;
        r.refresh(trigonometry);
        i.refresh(trigonometry);
        double fx = r.cos * normalX - r.sin * normalY;
        double fy = r.sin * normalX + r.cos * normalY;
        double gx = (r.cos * planeX - r.sin * planeY) + r.x;
        double gy = (r.sin * planeX + r.cos * planeY) + r.y;
        double q0x = (i.cos * local0X - i.sin * local0Y) + i.x;
        double q0y = (i.sin * local0X + i.cos * local0Y) + i.y;
        double separation0 = ((q0x - gx) * fx + (q0y - gy) * fy) - BoxCollision.RADIUS;
        double dx = referenceIsB ? -fx : fx;
        double dy = referenceIsB ? -fy : fy;
        if (active == 1) {
            push(q0x, q0y, dx, dy, separation0, equalizedMass0);
            return separation0;
        }
        double q1x = (i.cos * local1X - i.sin * local1Y) + i.x;
        double q1y = (i.sin * local1X + i.cos * local1Y) + i.y;
        double separation1 = ((q1x - gx) * fx + (q1y - gy) * fy) - BoxCollision.RADIUS;
        push(q0x, q0y, dx, dy, separation0, equalizedMass0);
        push(q1x, q1y, dx, dy, separation1, equalizedMass1);
        return separation0 < separation1 ? separation0 : separation1;
    }

    private void push(double qx, double qy, double dx, double dy, double separation, double equalizedMass) {
        double c = separation + SLOP;
        c = c < -MAX_CORRECTION ? -MAX_CORRECTION : c > 0 ? 0 : c;
        double impulse = -equalizedMass * c;
        if (impulse == 0) {
            return;
        }
        double px = impulse * dx;
        double py = impulse * dy;
        double bx = qx - b.x;
        double by = qy - b.y;
        if (a.dynamic) {
            double ax = qx - a.x;
            double ay = qy - a.y;
            a.x = a.x - a.massInverseMass * px;
            a.y = a.y - a.massInverseMass * py;
            a.turn(-a.massInverseInertia * (ax * py - ay * px));
        }
        b.x = b.massInverseMass * px + b.x;
        b.y = b.massInverseMass * py + b.y;
        b.turn(b.massInverseInertia * (bx * py - by * px));
    }
}
