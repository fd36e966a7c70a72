package io.github.qwop.game.twin;

/**
 * The physics: contacts found through a box tree, islands, sequential impulses. One {@link #step} is 0.04 s with five
 * velocity and up to five position iterations.
 *
 * <p>Bodies and joints are walked newest first, as the engine's lists are; contacts are kept in order of creation and
 * walked from the end.
 */
final class World {

    /** Time step in seconds. */
    static final double DT = 0.04;
    /** 1/DT, exact. */
    static final double RATE = 25;

    private static final double GRAVITY = 10;
    private static final int ITERATIONS = 5;
    private static final double MAX_TRANSLATION = 2;
    private static final double MAX_ROTATION = 0.5 * Math.PI;
    private static final double CONTACT_TOLERANCE = 1.5 * 0.005;
    private static final double TIME_TO_SLEEP = 0.5;
    private static final double LINEAR_SLEEP = 0.01;
    private static final double ANGULAR_SLEEP = 0.011111111111111112 * Math.PI;

    /** Bodies times track bodies is more than can ever touch. */
    private static final int MAX_CONTACTS = 128;

    /** The most numbers that {@link #save} writes. */
    static final int MOST_SAVED = Blueprint.BODIES * Body.SAVED
            + Blueprint.JOINTS * RevoluteJoint.SAVED
            + BoxTree.saved(Blueprint.BODIES)
            + 1
            + MAX_CONTACTS * Contact.MOST_SAVED;

    /** Told when two bodies begin to touch, before the step moves them. */
    interface ContactListener {
        void begin(Contact contact);
    }

    final Body[] bodies;
    final RevoluteJoint[] joints;

    private final ContactListener listener;
    private final SineCosine trigonometry;
    private final BoxTree tree = new BoxTree(Blueprint.BODIES);
    private final BoxCollision collision = new BoxCollision();

    /** Body by leaf number. */
    private final Body[] ofLeaf = new Body[tree.capacity()];

    private final int[] moved = new int[8 * Blueprint.BODIES];
    private int movedCount;

    /** All places hold a contact; the first {@link #contactCount} are alive. */
    private final Contact[] contacts = new Contact[MAX_CONTACTS];

    private int contactCount;

    /** Each body's joints, newest first. */
    private final RevoluteJoint[][] jointsOf = new RevoluteJoint[Blueprint.BODIES][];

    private final int[] indexStack = new int[Blueprint.BODIES];
    private final Body[] islandBodies = new Body[Blueprint.BODIES];
    private final RevoluteJoint[] islandJoints = new RevoluteJoint[Blueprint.JOINTS];
    private final Contact[] islandContacts = new Contact[MAX_CONTACTS];
    private int islandBodyCount;
    private int islandJointCount;
    private int islandContactCount;

    World(ContactListener listener, SineCosine trigonometry) {
        this.listener = listener;
        this.trigonometry = trigonometry;
        bodies = Blueprint.bodies();
        joints = Blueprint.joints(bodies, trigonometry);
        for (int i = 0; i < MAX_CONTACTS; i++) {
            contacts[i] = new Contact(bodies[0]);
        }
        for (int i = 0; i < Blueprint.BODIES; i++) {
            bodies[i].index = i;
            int count = 0;
            RevoluteJoint[] found = new RevoluteJoint[Blueprint.JOINTS];
            for (int j = Blueprint.JOINTS - 1; j >= 0; j--) {
                if (joints[j].a == bodies[i] || joints[j].b == bodies[i]) {
                    found[count++] = joints[j];
                }
            }
            jointsOf[i] = new RevoluteJoint[count];
            System.arraycopy(found, 0, jointsOf[i], 0, count);
        }
    }

    /** A new world: track, wall, hurdle and runner, in the order in which the game makes them. */
    void build() {
        tree.clear();
        movedCount = 0;
        contactCount = 0;
        for (int i = 0; i <= Blueprint.WALL; i++) {
            createAndMove(i);
        }
        createRunner();
    }

    /** Destroys hurdle and runner and makes them again, as the game's reset does. */
    void renew() {
        for (int i = 0; i < Blueprint.DESTRUCTION.length; i++) {
            Body body = bodies[Blueprint.DESTRUCTION[i]];
            for (int c = contactCount - 1; c >= 0; c--) {
                if (contacts[c].a == body || contacts[c].b == body) {
                    destroyContact(c);
                }
            }
            tree.destroy(body.leaf);
        }
        createRunner();
    }

    private void createRunner() {
        for (int i = Blueprint.HURDLE_BASE; i <= Blueprint.HURDLE_TOP; i++) {
            double[] pose = Blueprint.POSES[i];
            create(i, pose[0], pose[1], false);
        }
        for (int i = Blueprint.TORSO; i < Blueprint.BODIES; i++) {
            createAndMove(i);
        }
        Blueprint.create(joints);
    }

    private void createAndMove(int index) {
        create(index, 0, 0, true);
        Body body = bodies[index];
        double[] pose = Blueprint.POSES[index];
        setPosition(body, pose[0], pose[1]);
        body.turnTo(pose[2]);
        follow(body);
    }

    private void create(int index, double x, double y, boolean awake) {
        Body body = bodies[index];
        body.place(x, y, 0, awake);
        body.refresh(trigonometry);
        body.measure();
        body.leaf = tree.add(body);
        ofLeaf[body.leaf] = body;
        moved[movedCount++] = body.leaf;
    }

    /** Moves a body by hand. */
    void setPosition(Body body, double x, double y) {
        body.x = x;
        body.y = y;
        follow(body);
    }

    private void follow(Body body) {
        body.refresh(trigonometry);
        body.measure();
        if (tree.move(body, 0, 0)) {
            moved[movedCount++] = body.leaf;
        }
        findPairs();
    }

    private void findPairs() {
        for (int m = 0; m < movedCount; m++) {
            int leaf = moved[m];
            tree.search();
            int other = tree.next(leaf);
            while (other >= 0) {
                if (other != leaf) {
                    pair(leaf < other ? leaf : other, leaf < other ? other : leaf);
                }
                other = tree.next(leaf);
            }
        }
        movedCount = 0;
    }

    private void pair(int leafA, int leafB) {
        Body a = ofLeaf[leafA];
        Body b = ofLeaf[leafB];
        if (!a.meets(b)) {
            return;
        }
        for (int c = 0; c < contactCount; c++) {
            if (contacts[c].a == a && contacts[c].b == b) {
                return;
            }
        }
        contacts[contactCount++].begin(a, b);
    }

    private void destroyContact(int index) {
        Contact contact = contacts[index];
        if (contact.points > 0) {
            contact.a.wake();
            contact.b.wake();
        }
        contactCount--;
        for (int c = index; c < contactCount; c++) {
            contacts[c] = contacts[c + 1];
        }
        contacts[contactCount] = contact;
    }

    /** Writes everything that decides the future between two steps; returns the place behind it. */
    int save(double[] target, int from) {
        int at = from;
        for (Body body : bodies) {
            at = body.save(target, at);
        }
        for (RevoluteJoint joint : joints) {
            at = joint.save(target, at);
        }
        at = tree.save(target, at);
        target[at++] = contactCount;
        for (int c = 0; c < contactCount; c++) {
            at = contacts[c].save(target, at);
        }
        return at;
    }

    /** Reads what {@link #save} wrote. */
    void restore(double[] saved, int from) {
        int at = from;
        for (Body body : bodies) {
            at = body.restore(saved, at);
            ofLeaf[body.leaf] = body;
        }
        for (RevoluteJoint joint : joints) {
            at = joint.restore(saved, at);
        }
        at = tree.restore(saved, at);
        contactCount = (int) saved[at++];
        for (int c = 0; c < contactCount; c++) {
            at = contacts[c].restore(saved, at, bodies);
        }
    }

    /** Advances the world by {@link #DT}. */
    void step() {
        updateContacts();
        solveIslands();
        for (int i = Blueprint.BODIES - 1; i > Blueprint.WALL; i--) {
            Body body = bodies[i];
            if (body.awake) {
                body.refresh(trigonometry);
                body.sweep();
                if (tree.move(body, body.x - body.startX, body.y - body.startY)) {
                    moved[movedCount++] = body.leaf;
                }
            }
        }
        findPairs();
    }

    /** Whether a limb touches the hurdle. */
    boolean hurdleTouched() {
        for (int c = 0; c < contactCount; c++) {
            Contact contact = contacts[c];
            // Which of the two comes first depends on the resets before.
            if (contact.touching && (contact.a.category | contact.b.category) == (Blueprint.LIMB | Blueprint.HURDLE)) {
                return true;
            }
        }
        return false;
    }

    private void updateContacts() {
        for (int c = contactCount - 1; c >= 0; c--) {
            Contact contact = contacts[c];
            Body a = contact.a;
            Body b = contact.b;
            if (!a.awake && !b.awake) {
                continue;
            }
            if (!tree.overlap(a.leaf, b.leaf)) {
                destroyContact(c);
                continue;
            }
            boolean touched = contact.touching;
            if (b.lowX <= a.highX && b.lowY <= a.highY && a.lowX <= b.highX && a.lowY <= b.highY) {
                collision.collide(contact);
            } else {
                contact.points = 0;
            }
            contact.touching = contact.points > 0;
            if (contact.touching != touched) {
                a.wake();
                b.wake();
                if (contact.touching) {
                    listener.begin(contact);
                }
            }
        }
    }

    private void solveIslands() {
        for (int i = 0; i < Blueprint.BODIES; i++) {
            bodies[i].inIsland = false;
        }
        for (int i = 0; i < Blueprint.JOINTS; i++) {
            joints[i].inIsland = false;
        }
        for (int i = 0; i < contactCount; i++) {
            contacts[i].inIsland = false;
        }
        for (int i = Blueprint.BODIES - 1; i > Blueprint.WALL; i--) {
            Body seed = bodies[i];
            if (seed.awake && !seed.inIsland) {
                gather(seed);
                solveIsland();
                for (int t = 0; t <= Blueprint.WALL; t++) {
                    bodies[t].inIsland = false;
                }
            }
        }
    }

    /** Depth-first over touching contacts and joints; track bodies belong to no island, but wake when touched. */
    private void gather(Body seed) {
        islandBodyCount = 0;
        islandJointCount = 0;
        islandContactCount = 0;
        int depth = 0;
        indexStack[depth++] = seed.index;
        seed.inIsland = true;
        while (depth > 0) {
            Body body = bodies[indexStack[--depth]];
            body.wakeIfAsleep();
            if (!body.dynamic) {
                continue;
            }
            islandBodies[islandBodyCount++] = body;
            for (int c = contactCount - 1; c >= 0; c--) {
                Contact contact = contacts[c];
                if (contact.inIsland || !contact.touching || (contact.a != body && contact.b != body)) {
                    continue;
                }
                contact.inIsland = true;
                islandContacts[islandContactCount++] = contact;
                Body other = contact.a == body ? contact.b : contact.a;
                if (!other.inIsland) {
                    other.inIsland = true;
                    indexStack[depth++] = other.index;
                }
            }
            RevoluteJoint[] own = jointsOf[body.index];
            for (int j = 0; j < own.length; j++) {
                RevoluteJoint joint = own[j];
                if (joint.inIsland) {
                    continue;
                }
                joint.inIsland = true;
                islandJoints[islandJointCount++] = joint;
                Body other = joint.a == body ? joint.b : joint.a;
                if (!other.inIsland) {
                    other.inIsland = true;
                    indexStack[depth++] = other.index;
                }
            }
        }
    }

    private void solveIsland() {
        for (int i = 0; i < islandBodyCount; i++) {
            Body body = islandBodies[i];
            body.vy = DT * GRAVITY + body.vy;
            body.omega = DT * body.inverseInertia * body.torque + body.omega;
        }
        for (int i = 0; i < islandContactCount; i++) {
            islandContacts[i].prepare();
        }
        for (int i = 0; i < islandContactCount; i++) {
            islandContacts[i].warmStart();
        }
        for (int i = 0; i < islandJointCount; i++) {
            islandJoints[i].prepare();
        }
        for (int iteration = 0; iteration < ITERATIONS; iteration++) {
            for (int i = 0; i < islandJointCount; i++) {
                islandJoints[i].solveVelocity();
            }
            for (int i = 0; i < islandContactCount; i++) {
                islandContacts[i].solveVelocity();
            }
        }
        for (int i = 0; i < islandBodyCount; i++) {
            integrate(islandBodies[i]);
        }
        for (int iteration = 0; iteration < ITERATIONS; iteration++) {
            double worst = 0;
            for (int i = 0; i < islandContactCount; i++) {
                double separation = islandContacts[i].solvePosition(trigonometry);
                worst = separation < worst ? separation : worst;
            }
            boolean solved = worst > -CONTACT_TOLERANCE;
            for (int i = 0; i < islandJointCount; i++) {
                solved &= islandJoints[i].solvePosition(trigonometry);
            }
            if (solved) {
                break;
            }
        }
        sleepIfAtRest();
    }

    private static void integrate(Body body) {
        double tx = DT * body.vx;
        double ty = DT * body.vy;
        if (tx * tx + ty * ty > MAX_TRANSLATION * MAX_TRANSLATION) {
            double shrink = 1 / Math.sqrt(body.vx * body.vx + body.vy * body.vy);
            body.vx = body.vx * shrink * (MAX_TRANSLATION * RATE);
            body.vy = body.vy * shrink * (MAX_TRANSLATION * RATE);
        }
        double rotation = DT * body.omega;
        if (rotation * rotation > MAX_ROTATION * MAX_ROTATION) {
            body.omega = body.omega < 0 ? -MAX_ROTATION * RATE : MAX_ROTATION * RATE;
        }
        body.startX = body.x;
        body.startY = body.y;
        body.x = DT * body.vx + body.x;
        body.y = DT * body.vy + body.y;
        body.turn(DT * body.omega);
    }

    private void sleepIfAtRest() {
        double shortest = Double.MAX_VALUE;
        for (int i = 0; i < islandBodyCount; i++) {
            Body body = islandBodies[i];
            if (body.omega * body.omega > ANGULAR_SLEEP * ANGULAR_SLEEP
                    || body.vx * body.vx + body.vy * body.vy > LINEAR_SLEEP * LINEAR_SLEEP) {
                body.sleepTime = 0;
                shortest = 0;
            } else {
                body.sleepTime = body.sleepTime + DT;
                shortest = body.sleepTime < shortest ? body.sleepTime : shortest;
            }
        }
        if (shortest >= TIME_TO_SLEEP) {
            for (int i = 0; i < islandBodyCount; i++) {
                islandBodies[i].sleep(trigonometry);
            }
            for (int i = 0; i < islandContactCount; i++) {
                islandContacts[i].a.sleep(trigonometry);
                islandContacts[i].b.sleep(trigonometry);
            }
        }
    }
}
