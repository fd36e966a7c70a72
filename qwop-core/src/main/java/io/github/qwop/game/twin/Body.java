package io.github.qwop.game.twin;

/** A rectangle: what it is made of, where it is and how it moves. Its centre of mass is its centre. */
final class Body {

    /** Thickness of the skin around a shape, in units. */
    static final double SKIN = 0.005;

    /** Numbers that {@link #save} writes. */
    static final int SAVED = 16;

    /** Half extents in units. */
    final double halfWidth;

    final double halfHeight;
    final double friction;
    final boolean dynamic;

    final int category;
    final int mask;

    /** 1/m and 1/I, 0 for a static body. */
    final double inverseMass;

    final double inverseInertia;
    /** m·(1/m) and m·(1/I), whose rounding the contact position pass needs. */
    final double massInverseMass;

    final double massInverseInertia;

    /** Place among the bodies, in order of creation. */
    int index;

    /** Number of this body's leaf in the box tree. */
    int leaf;

    double x;
    double y;
    double angle;
    double vx;
    double vy;
    double omega;
    /** Never cleared but by sleep: what the game adds to the head stays. */
    double torque;

    /** Cosine and sine of the angle; valid unless {@link #turned}. */
    double cos;

    double sin;
    private boolean turned;

    boolean awake;
    double sleepTime;
    boolean inIsland;

    /** Position at the start of the step. */
    double startX;

    double startY;

    /** Box of the pose at the last {@link #measure}. */
    private double poseLowX;

    private double poseLowY;
    private double poseHighX;
    private double poseHighY;

    /** Box swept by the last step or, after a move by hand, the box of the pose. */
    double lowX;

    double lowY;
    double highX;
    double highY;

    final double mass;

    Body(double halfWidth, double halfHeight, double density, double friction, int category, int mask) {
        this.halfWidth = halfWidth;
        this.halfHeight = halfHeight;
        this.friction = friction;
        this.category = category;
        this.mask = mask;
        dynamic = category != Blueprint.TRACK;
        double[] cornersX = {-halfWidth, halfWidth, halfWidth, -halfWidth};
        double[] cornersY = {-halfHeight, -halfHeight, halfHeight, halfHeight};
        double area = 0;
        double inertia = 0;
        for (int i = 0; i < 4; i++) {
            double ex = cornersX[i];
            double ey = cornersY[i];
            double fx = cornersX[(i + 1) % 4];
            double fy = cornersY[(i + 1) % 4];
            double cross = ex * fy - ey * fx;
            area = 0.5 * cross + area;
            double inertiaX = 0.3333333333333333 * (0.25 * (ex * ex + fx * ex + fx * fx));
            double inertiaY = 0.3333333333333333 * (0.25 * (ey * ey + fy * ey + fy * fy));
            inertia = cross * (inertiaX + inertiaY) + inertia;
        }
        mass = density * area;
        inverseMass = dynamic ? 1 / mass : 0;
        inverseInertia = dynamic ? 1 / (density * inertia) : 0;
        massInverseMass = dynamic ? mass * inverseMass : 0;
        massInverseInertia = dynamic ? mass * inverseInertia : 0;
    }

    /** In units of density × area. */
    double mass() {
        return mass;
    }

    /** Whether the two bodies' collision masks let them meet, and one of them moves. */
    boolean meets(Body other) {
        return (mask & other.category) != 0 && (other.mask & category) != 0 && (dynamic || other.dynamic);
    }

    /** At rest in a pose, as just created. */
    void place(double atX, double atY, double atAngle, boolean isAwake) {
        x = atX;
        y = atY;
        startX = atX;
        startY = atY;
        angle = atAngle;
        vx = 0;
        vy = 0;
        omega = 0;
        torque = 0;
        awake = isAwake;
        sleepTime = 0;
        inIsland = false;
        turned = true;
    }

    /** Turns by an angle; sine and cosine follow when {@link #refresh} is called. */
    void turn(double by) {
        angle = angle + by;
        turned = true;
    }

    void turnTo(double to) {
        angle = to;
        turned = true;
    }

    /** Makes {@link #cos} and {@link #sin} those of the angle. */
    void refresh(SineCosine trigonometry) {
        if (turned) {
            trigonometry.of(angle);
            cos = trigonometry.cos;
            sin = trigonometry.sin;
            turned = false;
        }
    }

    /** Sets the body awake: its time at rest counts from now, also when it was awake already. */
    void wake() {
        awake = true;
        sleepTime = 0;
    }

    /** Wakes the body if it sleeps; the time at rest of one that does not goes on. */
    void wakeIfAsleep() {
        if (!awake) {
            wake();
        }
    }

    /**
     * Falls asleep in the present pose: contacts use its rotation from now on, and the first box swept after waking
     * begins at it.
     */
    void sleep(SineCosine trigonometry) {
        refresh(trigonometry);
        measurePose();
        awake = false;
        sleepTime = 0;
        vx = 0;
        vy = 0;
        omega = 0;
        torque = 0;
    }

    /** The box of the present pose becomes {@link #lowX} … {@link #highY}; the rotation must be fresh. */
    void measure() {
        measurePose();
        lowX = poseLowX;
        lowY = poseLowY;
        highX = poseHighX;
        highY = poseHighY;
    }

    /** The union of the last measured pose's box and the present pose's; the rotation must be fresh. */
    void sweep() {
        double fromLowX = poseLowX;
        double fromLowY = poseLowY;
        double fromHighX = poseHighX;
        double fromHighY = poseHighY;
        measurePose();
        lowX = fromLowX < poseLowX ? fromLowX : poseLowX;
        lowY = fromLowY < poseLowY ? fromLowY : poseLowY;
        highX = fromHighX > poseHighX ? fromHighX : poseHighX;
        highY = fromHighY > poseHighY ? fromHighY : poseHighY;
    }

    /**
     * Writes what decides the future between two steps, when rotation and pose's box are fresh; returns the place
     * behind it.
     */
    int save(double[] target, int from) {
        int at = from;
        target[at++] = leaf;
        target[at++] = x;
        target[at++] = y;
        target[at++] = angle;
        target[at++] = cos;
        target[at++] = sin;
        target[at++] = vx;
        target[at++] = vy;
        target[at++] = omega;
        target[at++] = torque;
        target[at++] = awake ? 1 : 0;
        target[at++] = sleepTime;
        target[at++] = lowX;
        target[at++] = lowY;
        target[at++] = highX;
        target[at++] = highY;
        return at;
    }

    /** Reads what {@link #save} wrote; returns the place behind it. */
    int restore(double[] saved, int from) {
        int at = from;
        leaf = (int) saved[at++];
        x = saved[at++];
        y = saved[at++];
        angle = saved[at++];
        cos = saved[at++];
        sin = saved[at++];
        vx = saved[at++];
        vy = saved[at++];
        omega = saved[at++];
        torque = saved[at++];
        awake = saved[at++] != 0;
        sleepTime = saved[at++];
        lowX = saved[at++];
        lowY = saved[at++];
        highX = saved[at++];
        highY = saved[at++];
        measurePose();
        return at;
    }

    private void measurePose() {
        double c = cos < 0 ? -cos : cos;
        double s = sin < 0 ? -sin : sin;
        // The largest of the four corners' offsets: rounding is symmetric, so absolute values give it.
        double reachX = c * halfWidth + s * halfHeight;
        double reachY = s * halfWidth + c * halfHeight;
        poseLowX = (x - reachX) - SKIN;
        poseLowY = (y - reachY) - SKIN;
        poseHighX = (x + reachX) + SKIN;
        poseHighY = (y + reachY) + SKIN;
    }
}
