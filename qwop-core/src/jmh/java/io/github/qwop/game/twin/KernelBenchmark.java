package io.github.qwop.game.twin;

import io.github.qwop.game.Trigonometry;
import io.github.qwop.random.RandomStream;
import java.util.concurrent.TimeUnit;
import org.jbox2d.collision.shapes.PolygonShape;
import org.jbox2d.common.Vec2;
import org.jbox2d.dynamics.BodyDef;
import org.jbox2d.dynamics.BodyType;
import org.jbox2d.dynamics.FixtureDef;
import org.jbox2d.dynamics.joints.RevoluteJointDef;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Frames per second of the twin and of JBox2D with the same ragdoll, track and hurdle, the same keys, and the same
 * iterations. JBox2D computes in single precision and with its own revolute joint, so that the two play alike at first
 * and then differently; each episode is therefore short.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class KernelBenchmark {

    private static final int FRAMES = 120;
    private static final int FRAMES_PER_KEYS = 4;
    private static final int HIP = 0;
    private static final int SHOULDER = 1;
    private static final int KNEE = 2;
    private static final float DT = 0.04f;
    private static final int ITERATIONS = 5;
    private static final float[] SPEEDS = {2.5f, 2, 2.5f};

    private final int[] keys = new int[FRAMES / FRAMES_PER_KEYS];
    private final double[] bodies = new double[60];
    private final Twin twin = new Twin();
    private final Twin glibc = new Twin(Trigonometry.GLIBC);

    private org.jbox2d.dynamics.World world;
    private final org.jbox2d.dynamics.Body[] boxes = new org.jbox2d.dynamics.Body[Blueprint.BODIES];
    private final org.jbox2d.dynamics.joints.RevoluteJoint[] joints =
            new org.jbox2d.dynamics.joints.RevoluteJoint[Blueprint.JOINTS - 1];

    /** Draws the keys and builds JBox2D's ragdoll. */
    @Setup
    public void build() {
        RandomStream random = RandomStream.of(1, "keys");
        for (int i = 0; i < keys.length; i++) {
            keys[i] = random.nextInt(16);
        }
        world = new org.jbox2d.dynamics.World(new Vec2(0, 10));
        Body[] plan = Blueprint.bodies();
        for (int i = 0; i < boxes.length; i++) {
            boxes[i] = body(plan[i], Blueprint.POSES[i], i <= Blueprint.WALL);
        }
        for (int i = 0; i < joints.length; i++) {
            joints[i] = joint(i);
        }
    }

    private org.jbox2d.dynamics.Body body(Body plan, double[] pose, boolean fixed) {
        BodyDef definition = new BodyDef();
        definition.type = fixed ? BodyType.STATIC : BodyType.DYNAMIC;
        definition.position.set((float) pose[0], (float) pose[1]);
        definition.angle = (float) pose[2];
        PolygonShape box = new PolygonShape();
        box.setAsBox((float) plan.halfWidth, (float) plan.halfHeight);
        FixtureDef fixture = new FixtureDef();
        fixture.shape = box;
        fixture.density = (float) (plan.mass / (4 * plan.halfWidth * plan.halfHeight));
        fixture.friction = (float) plan.friction;
        fixture.filter.categoryBits = plan.category;
        fixture.filter.maskBits = plan.mask;
        org.jbox2d.dynamics.Body body = world.createBody(definition);
        body.createFixture(fixture);
        return body;
    }

    private org.jbox2d.dynamics.joints.RevoluteJoint joint(int i) {
        double[] values = Blueprint.JOINT_VALUES[i];
        RevoluteJointDef definition = new RevoluteJointDef();
        org.jbox2d.dynamics.Body a = boxes[Blueprint.JOINED[i][0]];
        org.jbox2d.dynamics.Body b = boxes[Blueprint.JOINED[i][1]];
        definition.initialize(a, b, new Vec2((float) values[0], (float) values[1]));
        definition.referenceAngle = (float) values[4];
        definition.enableLimit = true;
        definition.lowerAngle = (float) values[5];
        definition.upperAngle = (float) values[6];
        definition.enableMotor = values[7] > 0;
        definition.maxMotorTorque = (float) values[7];
        return (org.jbox2d.dynamics.joints.RevoluteJoint) world.createJoint(definition);
    }

    /** The twin, rules included. */
    @Benchmark
    @OperationsPerInvocation(FRAMES)
    public double[] twin() {
        return play(twin);
    }

    /** The same with the GNU C library's sine and cosine. */
    @Benchmark
    @OperationsPerInvocation(FRAMES)
    public double[] twinGlibc() {
        return play(glibc);
    }

    private double[] play(Twin game) {
        game.reset();
        for (int mask : keys) {
            game.step(mask, FRAMES_PER_KEYS);
        }
        game.readBodies(bodies, 0);
        return bodies;
    }

    /** JBox2D's step alone, without the game's rules. */
    @Benchmark
    @OperationsPerInvocation(FRAMES)
    public float jbox2d() {
        for (int i = 0; i < boxes.length; i++) {
            double[] pose = Blueprint.POSES[i];
            boxes[i].setTransform(new Vec2((float) pose[0], (float) pose[1]), (float) pose[2]);
            boxes[i].setLinearVelocity(new Vec2());
            boxes[i].setAngularVelocity(0);
            boxes[i].setAwake(true);
        }
        for (int mask : keys) {
            control(mask);
            for (int i = 0; i < FRAMES_PER_KEYS; i++) {
                world.step(DT, ITERATIONS, ITERATIONS);
            }
        }
        return boxes[Blueprint.TORSO].getPosition().x;
    }

    private void control(int mask) {
        int thighs = (mask & 1) != 0 ? 1 : (mask & 2) != 0 ? -1 : 0;
        int calves = (mask & 4) != 0 ? 1 : (mask & 8) != 0 ? -1 : 0;
        joints[Blueprint.RIGHT_HIP].setMotorSpeed(SPEEDS[HIP] * thighs);
        joints[Blueprint.LEFT_HIP].setMotorSpeed(-SPEEDS[HIP] * thighs);
        joints[Blueprint.RIGHT_SHOULDER].setMotorSpeed(-SPEEDS[SHOULDER] * thighs);
        joints[Blueprint.LEFT_SHOULDER].setMotorSpeed(SPEEDS[SHOULDER] * thighs);
        joints[Blueprint.RIGHT_KNEE].setMotorSpeed(SPEEDS[KNEE] * calves);
        joints[Blueprint.LEFT_KNEE].setMotorSpeed(-SPEEDS[KNEE] * calves);
    }
}
