package io.github.qwop.game.twin;

/** The game's tables: its bodies and joints, in the order in which the game creates them. Lengths in units. */
final class Blueprint {

    /** Pixels per unit. */
    static final double SCALE = 20;

    /** Collision categories. */
    static final int TRACK = 1;

    static final int LIMB = 2;
    static final int HURDLE = 4;

    // Indices of bodies.
    static final int PIECES = 3;
    static final int WALL = 3;
    static final int HURDLE_BASE = 4;
    static final int HURDLE_TOP = 5;
    static final int TORSO = 6;
    static final int HEAD = 7;
    static final int LEFT_FOREARM = 8;
    static final int LEFT_THIGH = 9;
    static final int LEFT_ARM = 10;
    static final int LEFT_CALF = 11;
    static final int LEFT_FOOT = 12;
    static final int RIGHT_FOREARM = 13;
    static final int RIGHT_ARM = 14;
    static final int RIGHT_CALF = 15;
    static final int RIGHT_FOOT = 16;
    static final int RIGHT_THIGH = 17;
    static final int BODIES = 18;

    // Indices of joints that have a motor.
    static final int RIGHT_SHOULDER = 1;
    static final int LEFT_SHOULDER = 2;
    static final int LEFT_HIP = 3;
    static final int RIGHT_HIP = 4;
    static final int LEFT_KNEE = 7;
    static final int RIGHT_KNEE = 8;
    static final int HURDLE_JOINT = 11;
    static final int JOINTS = 12;

    /** The order in which the game's reset destroys bodies; leaf numbers are dealt out again from its end. */
    static final int[] DESTRUCTION = {
        HURDLE_BASE,
        HURDLE_TOP,
        TORSO,
        HEAD,
        LEFT_ARM,
        LEFT_FOREARM,
        LEFT_THIGH,
        LEFT_CALF,
        LEFT_FOOT,
        RIGHT_ARM,
        RIGHT_FOREARM,
        RIGHT_THIGH,
        RIGHT_CALF,
        RIGHT_FOOT
    };

    /** The bodies in the order of {@link io.github.qwop.game.BodyPart}. */
    static final int[] PARTS = {
        TORSO,
        HEAD,
        LEFT_ARM,
        LEFT_CALF,
        LEFT_FOOT,
        LEFT_FOREARM,
        LEFT_THIGH,
        RIGHT_ARM,
        RIGHT_CALF,
        RIGHT_FOOT,
        RIGHT_FOREARM,
        RIGHT_THIGH
    };

    /** Where a body is created: x, y, angle. */
    static final double[][] POSES = {
        {0, 10.74275, 0},
        {32, 10.74275, 0},
        {64, 10.74275, 0},
        {-39.996249999999996, 2.10625, 0},
        {500, 8.775, 0},
        {500.86499999999995, 5.0575, 0},
        {2.5111726226000157, -1.8709517533957938, -1.2514497119301329},
        {3.888130278719558, -5.621802929095265, 0.06448415835225099},
        {5.830008603424893, -2.8733539631159584, -1.2049772618421237},
        {2.5648987628203876, 1.648090668682522, -2.0177234426823394},
        {4.417861014480877, -2.806563606410589, 0.9040095895272826},
        {3.12585731974087, 5.525511655361298, -1.5903971528225265},
        {3.926921842806667, 8.08884032049622, 0.12027524643408766},
        {0.4078206420797428, -1.0599953233084172, -1.7553358283857299},
        {1.1812303663272852, -3.5000256518601014, -0.5222217404634386},
        {-0.07253905736790486, 5.347881871063159, -0.7588859967104447},
        {-1.1254742643908706, 7.567193169625567, 0.5897605418219602},
        {1.6120186135678773, 2.0615320561881516, 1.4849422964528027},
    };

    private static final double FRICTION = 0.2;
    private static final double FOOT_FRICTION = 1.5;
    private static final double FOOT_DENSITY = 3;

    private static final int EVERYTHING = 65535;
    private static final int NO_LIMBS = 65533;
    private static final int TRACK_ONLY = 65529;
    private static final int NO_HURDLE = 65531;

    /** Width and height in pixels of the limbs, from the torso on. */
    private static final double[][] LIMB_SIZES = {
        {131, 57},
        {43, 53},
        {70, 22},
        {101, 40},
        {74, 25},
        {100, 30},
        {54, 27},
        {89, 27},
        {78, 30},
        {100, 30},
        {54, 29},
        {106, 40},
    };

    /** Bodies a and b of each joint. */
    static final int[][] JOINED = {
        {HEAD, TORSO},
        {RIGHT_ARM, TORSO},
        {LEFT_ARM, TORSO},
        {LEFT_THIGH, TORSO},
        {RIGHT_THIGH, TORSO},
        {LEFT_FOREARM, LEFT_ARM},
        {RIGHT_FOREARM, RIGHT_ARM},
        {LEFT_CALF, LEFT_THIGH},
        {RIGHT_CALF, RIGHT_THIGH},
        {LEFT_FOOT, LEFT_CALF},
        {RIGHT_FOOT, RIGHT_CALF},
    };

    /**
     * World anchor for a, world anchor for b, reference angle, lower and upper limit, largest motor torque (0: no
     * motor).
     */
    static final double[][] JOINT_VALUES = {
        {3.5885141908253755, -4.526224223627244, 3.588733341630704, -4.526434658500262, -1.308996406363529, -0.5, 0, 0},
        {
            2.228476821818547,
            -4.086468732185028,
            2.228929993886102,
            -4.08707555939957,
            -0.7853907065463961,
            -0.5,
            1.5,
            1000
        },
        {3.6241979856895377, -3.5334881618011442, 3.6241778782207157, -3.533950434531982, -2.09438311816829, -2, 0, 1000
        },
        {
            2.0030339754142847,
            0.23737160622781284,
            2.003367181376716,
            0.23802590387419476,
            0.7258477508944043,
            -1.5,
            0.5,
            6000
        },
        {
            1.2475900729227194,
            -0.011046642863645761,
            1.2470052823973599,
            -0.011635347168778898,
            -2.719359381718199,
            -1.3,
            0.7,
            6000
        },
        {5.525375332758792, -1.63856204930891, 5.52537532948459, -1.6385620366077662, 2.09438311816829, -0.1, 0.5, 0},
        {
            -0.006090859076100963,
            -2.8004758838752157,
            -0.0060908611708438976,
            -2.8004758929205846,
            1.2968199012274688,
            -0.1,
            0.5,
            0
        },
        {
            3.384323411985692,
            3.5168931240916876,
            3.3844684376952108,
            3.5174122997898016,
            -0.3953113764119829,
            -1.6,
            0,
            3000
        },
        {
            1.4982369235492752,
            4.175600306005656,
            1.4982043532615996,
            4.17493520671361,
            2.2893406247158676,
            -1.3,
            0.3,
            3000
        },
        {3.312322507818897, 7.947704853895541, 3.3123224825088817, 7.947704836256229, -1.7244327585010226, -0.5, 0.5, 0
        },
        {
            -1.6562855402197227,
            6.961551452557676,
            -1.655726670462596,
            6.961493826969391,
            -1.5708045825942758,
            -0.5,
            0.5,
            0
        },
    };

    private static final int REFERENCE = 4;
    private static final int LOWER = 5;
    private static final int UPPER = 6;
    private static final int MAX_TORQUE = 7;

    private Blueprint() {}

    /** All bodies, in order of creation, without a pose. */
    static Body[] bodies() {
        Body[] bodies = new Body[BODIES];
        for (int i = 0; i < PIECES; i++) {
            bodies[i] = new Body(16, 1.6, 30, FRICTION, TRACK, EVERYTHING);
        }
        bodies[WALL] = new Body(6.275, 7.475, 1, FRICTION, TRACK, EVERYTHING);
        bodies[HURDLE_BASE] = new Body(1.675, 0.3, 1, FRICTION, HURDLE, TRACK_ONLY);
        bodies[HURDLE_TOP] = new Body(0.5375, 3.65, 1, FRICTION, HURDLE, NO_HURDLE);
        for (int i = TORSO; i < BODIES; i++) {
            double[] size = LIMB_SIZES[i - TORSO];
            boolean foot = i == LEFT_FOOT || i == RIGHT_FOOT;
            bodies[i] = new Body(
                    0.5 * (size[0] / SCALE),
                    0.5 * (size[1] / SCALE),
                    foot ? FOOT_DENSITY : 1,
                    foot ? FOOT_FRICTION : FRICTION,
                    LIMB,
                    NO_LIMBS);
        }
        return bodies;
    }

    /** All joints, in order of creation, between these bodies. */
    static RevoluteJoint[] joints(Body[] bodies, SineCosine trigonometry) {
        RevoluteJoint[] joints = new RevoluteJoint[JOINTS];
        for (int i = 0; i < HURDLE_JOINT; i++) {
            double[] values = JOINT_VALUES[i];
            int a = JOINED[i][0];
            int b = JOINED[i][1];
            double[] inA = toLocal(trigonometry, POSES[a], values[0], values[1]);
            double[] inB = toLocal(trigonometry, POSES[b], values[2], values[3]);
            joints[i] = new RevoluteJoint(
                    bodies[a], bodies[b], inA[0], inA[1], inB[0], inB[1], values[REFERENCE], values[MAX_TORQUE]);
        }
        joints[HURDLE_JOINT] = new RevoluteJoint(
                bodies[HURDLE_TOP], bodies[HURDLE_BASE], 3.6 / SCALE, 74.6 / SCALE, 20.9 / SCALE, 0.25 / SCALE, 0, 0);
        return joints;
    }

    /** Gives the joints what they have when the game creates them. */
    static void create(RevoluteJoint[] joints) {
        for (int i = 0; i < HURDLE_JOINT; i++) {
            double[] values = JOINT_VALUES[i];
            joints[i].create(values[LOWER], values[UPPER], values[MAX_TORQUE] > 0);
        }
        joints[HURDLE_JOINT].create(0, 0, false);
    }

    private static double[] toLocal(SineCosine trigonometry, double[] pose, double worldX, double worldY) {
        trigonometry.of(pose[2]);
        double dx = worldX - pose[0];
        double dy = worldY - pose[1];
        return new double[] {
            dx * trigonometry.cos + dy * trigonometry.sin, dy * trigonometry.cos - dx * trigonometry.sin
        };
    }
}
