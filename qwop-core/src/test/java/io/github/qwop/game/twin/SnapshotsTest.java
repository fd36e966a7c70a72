package io.github.qwop.game.twin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import io.github.qwop.game.Keys;
import io.github.qwop.game.Snapshot;
import io.github.qwop.game.Trigonometry;
import io.github.qwop.random.RandomStream;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A game that was saved anywhere goes on bit for bit, in its own instance and in others. */
class SnapshotsTest {

    /** So long a way on meets falls, restarts and sleep. */
    private static final int ON = 150;

    // What the numbers of a snapshot are.
    private static final List<String> OF_GAME = List.of(
            "trigonometry", "scoreTime", "score", "camera", "paused", "gameEnded", "fallen", "jumped", "jumpLanded");
    private static final List<String> OF_BODY = List.of(
            "leaf",
            "x",
            "y",
            "angle",
            "cos",
            "sin",
            "vx",
            "vy",
            "omega",
            "torque",
            "awake",
            "sleepTime",
            "lowX",
            "lowY",
            "highX",
            "highY");
    private static final List<String> OF_JOINT =
            List.of("motor", "limit", "lower", "upper", "forceX", "forceY", "motorForce", "limitForce", "limitState");
    private static final String LINKS = "tree's links";
    private static final List<String> OF_NODE = List.of(LINKS, LINKS, LINKS, "lowX", "lowY", "highX", "highY");
    private static final String CONTACTS = "contacts";
    private static final List<String> OF_CONTACT = List.of(CONTACTS, CONTACTS, CONTACTS);
    private static final List<String> OF_TOUCH = List.of(
            "referenceIsB",
            "normalX",
            "normalY",
            "planeX",
            "planeY",
            "local0X",
            "local0Y",
            "id0",
            "normalImpulse0",
            "tangentImpulse0");
    private static final List<String> OF_SECOND_POINT =
            List.of("local1X", "local1Y", "id1", "normalImpulse1", "tangentImpulse1");

    /** What no snapshot can be read without. */
    private static final Set<String> BEYOND = Set.of("game's trigonometry", CONTACTS);

    /** Where a game may be saved. */
    enum Scene {
        FRESH_PAGE {
            @Override
            void play(Twin twin, RandomStream random) {
                twin.resetFresh(random.nextInt(60));
            }
        },
        START {
            @Override
            void play(Twin twin, RandomStream random) {
                twin.reset();
            }
        },
        RANDOM_KEYS {
            @Override
            void play(Twin twin, RandomStream random) {
                twin.reset();
                press(twin, random, 1 + random.nextInt(100));
            }
        },
        HURDLE {
            @Override
            void play(Twin twin, RandomStream random) {
                moveTo(twin, random, 470, 505);
            }
        },
        SAND {
            @Override
            void play(Twin twin, RandomStream random) {
                moveTo(twin, random, 955, 1005);
            }
        },
        WALL {
            @Override
            void play(Twin twin, RandomStream random) {
                moveTo(twin, random, -45, -25);
            }
        },
        /** Keys held for long: some of these stances come to rest, and the head wakes them again and again. */
        STANDING {
            @Override
            void play(Twin twin, RandomStream random) {
                twin.reset();
                twin.step(random.nextInt(Keys.COMBINATIONS), 1 + random.nextInt(400));
            }
        },
        /** By hand, as a stance that leans on the wall and sleeps is rare: the head wakes it, its contacts are old. */
        PUT_TO_SLEEP {
            @Override
            void play(Twin twin, RandomStream random) {
                moveTo(twin, random, -33, -25);
                SineCosine trigonometry = SineCosine.of(twin.trigonometry());
                for (Body body : twin.world.bodies) {
                    body.sleep(trigonometry);
                }
            }
        },
        JUST_FALLEN {
            @Override
            void play(Twin twin, RandomStream random) {
                fall(twin, random);
                if (random.nextBoolean()) {
                    twin.update(Keys.NONE);
                }
            }
        },
        ASLEEP {
            @Override
            void play(Twin twin, RandomStream random) {
                fall(twin, random);
                twin.step(Keys.NONE, 100 + random.nextInt(900));
            }
        },
        JUST_LANDED {
            @Override
            void play(Twin twin, RandomStream random) {
                twin.reset();
                press(twin, random, random.nextInt(20));
                twin.shift(1003 - twin.world.bodies[Blueprint.TORSO].x);
                for (int i = 0; i < ON && !twin.jumpLanded(); i++) {
                    twin.update(random.nextInt(Keys.COMBINATIONS));
                }
                if (random.nextBoolean()) {
                    twin.update(Keys.NONE);
                }
            }
        },
        RESTARTS {
            @Override
            void play(Twin twin, RandomStream random) {
                HURDLE.play(twin, random);
                for (int i = random.nextInt(3); i >= 0; i--) {
                    twin.softReset(random.nextInt(Keys.COMBINATIONS));
                    press(twin, random, random.nextInt(60));
                }
            }
        };

        abstract void play(Twin twin, RandomStream random);

        static void press(Twin twin, RandomStream random, int updates) {
            for (int i = 0; i < updates; ) {
                int held = Math.min(1 + random.nextInt(12), updates - i);
                twin.step(random.nextInt(Keys.COMBINATIONS), held);
                i += held;
            }
        }

        static void moveTo(Twin twin, RandomStream random, double from, double to) {
            twin.reset();
            press(twin, random, random.nextInt(30));
            twin.shift(from + (to - from) * random.nextDouble() - twin.world.bodies[Blueprint.TORSO].x);
            press(twin, random, random.nextInt(60));
        }

        static void fall(Twin twin, RandomStream random) {
            if (random.nextBoolean()) {
                moveTo(twin, random, 470, 505);
            } else {
                twin.reset();
            }
            // Over the hurdle some stand for ever.
            for (int i = 0; i < 500 && !twin.gameEnded(); i++) {
                twin.step(Keys.O | random.nextInt(4), 1);
            }
        }
    }

    @Property(tries = 300)
    void aRestoredGameGoesOnBitForBit(
            @ForAll Scene scene,
            @ForAll Scene elsewhere,
            @ForAll Trigonometry trigonometry,
            @ForAll @IntRange(min = 0, max = 1_000_000) int seed) {
        Twin twin = new Twin(trigonometry);
        scene.play(twin, RandomStream.of(seed, "scene"));
        double[] saved = save(twin);
        List<double[]> way = way(twin, seed);

        twin.restore(saved, 0);
        assertThat(save(twin)).isEqualTo(saved);
        assertSame(way(twin, seed), way);

        Twin other = new Twin(trigonometry);
        elsewhere.play(other, RandomStream.of(seed, "elsewhere"));
        other.restore(saved, 0);
        assertThat(save(other)).isEqualTo(saved);
        assertSame(way(other, seed), way);
    }

    @Test
    void everyNumberOfASnapshotMatters() {
        Set<String> unnoticed = new LinkedHashSet<>();
        for (int seed = 0; seed < 60 && (seed == 0 || !unnoticed.equals(BEYOND)); seed++) {
            for (Scene scene : Scene.values()) {
                RandomStream random = RandomStream.of(seed, scene.name());
                Twin twin = new Twin();
                scene.play(twin, random);
                double[] saved = save(twin);
                Twin other = new Twin();
                Scene.values()[random.nextInt(Scene.values().length)].play(other, random);
                double[] others = save(other);
                if (seed == 0) {
                    unnoticed.addAll(names(saved));
                }
                List<double[]> way = way(twin, seed);
                int step = seed;
                unnoticed.removeIf(name -> {
                    double[] without = without(name, saved, others);
                    if (without == null) {
                        return false;
                    }
                    twin.restore(without, 0);
                    return !same(way(twin, step), way);
                });
            }
        }
        assertThat(unnoticed).isEqualTo(BEYOND);
    }

    /** A snapshot as a game would be restored from that did not save something; null if that is as good. */
    private static double @Nullable [] without(String name, double[] saved, double[] others) {
        if (BEYOND.contains(name)) {
            return null;
        }
        double[] without = saved.clone();
        List<String> names = names(saved);
        for (int i = 0; i < without.length; i++) {
            if (names.get(i).equals(name)) {
                // Others' contacts are of other bodies; those of a new game are empty.
                without[i] = name.startsWith("contact") ? 0 : others[i];
            }
        }
        return Arrays.equals(without, saved) ? null : without;
    }

    private static List<String> names(double[] saved) {
        List<String> names = new ArrayList<>();
        add(names, "game's ", OF_GAME);
        for (int i = 0; i < Blueprint.BODIES; i++) {
            add(names, "body's ", OF_BODY);
        }
        for (int i = 0; i < Blueprint.JOINTS; i++) {
            add(names, "joint's ", OF_JOINT);
        }
        names.add(LINKS);
        for (int i = 0; i < 2 * Blueprint.BODIES - 1; i++) {
            add(names, "", OF_NODE);
        }
        names.add(CONTACTS);
        while (names.size() < saved.length) {
            double points = saved[names.size() + 2];
            add(names, "", OF_CONTACT);
            add(names, "contact's ", points > 0 ? OF_TOUCH : List.of());
            add(names, "contact's ", points > 1 ? OF_SECOND_POINT : List.of());
        }
        return names;
    }

    private static void add(List<String> names, String whose, List<String> what) {
        what.forEach(name -> names.add(whose + name));
    }

    private static double[] save(Twin twin) {
        double[] values = new double[twin.mostSnapshotValues()];
        return Arrays.copyOf(values, twin.save(values, 0));
    }

    /** All numbers from here on, update after update, over restarts and moves. */
    private static List<double[]> way(Twin twin, int seed) {
        RandomStream random = RandomStream.of(seed, "way");
        TwinPlayer player = new TwinPlayer(twin);
        List<double[]> way = new ArrayList<>();
        int keys = random.nextInt(Keys.COMBINATIONS);
        for (int i = 0; i < ON; i++) {
            double[] numbers = new double[Snapshot.LENGTH];
            Snapshot.read(player, numbers);
            way.add(numbers);
            if (random.nextInt(4) == 0) {
                keys = random.nextInt(Keys.COMBINATIONS);
            }
            if (i > ON / 3 && random.nextInt(40) == 0) {
                twin.softReset(keys);
            } else if (random.nextInt(50) == 0) {
                twin.shift(40 * random.nextDouble() - 20);
            } else {
                twin.update(keys);
            }
        }
        way.add(save(twin));
        return way;
    }

    private static void assertSame(List<double[]> actual, List<double[]> expected) {
        for (int i = 0; i < expected.size(); i++) {
            // As bits: the arrays' own comparison tells −0 from 0.
            assertThat(Arrays.equals(actual.get(i), expected.get(i)))
                    .as("update %d", i)
                    .isTrue();
        }
    }

    private static boolean same(List<double[]> actual, List<double[]> expected) {
        for (int i = 0; i < expected.size(); i++) {
            if (!Arrays.equals(actual.get(i), expected.get(i))) {
                return false;
            }
        }
        return true;
    }

    @Test
    void savingAndRestoringAllocatesNothing() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        Twin twin = new Twin();
        Twin other = new Twin();
        Scene.HURDLE.play(twin, RandomStream.of(1, "scene"));
        double[] snapshot = new double[twin.mostSnapshotValues()];
        carry(twin, other, snapshot);
        long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
        long nothing = threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - before;
        before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
        carry(twin, other, snapshot);
        long allocated = threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - before;
        assertThat(allocated - nothing).as("bytes").isZero();
    }

    private static void carry(Twin from, Twin to, double[] snapshot) {
        for (int i = 0; i < 1000; i++) {
            from.save(snapshot, 0);
            to.restore(snapshot, 0);
            to.update(i % Keys.COMBINATIONS);
        }
    }

    @Test
    void aSnapshotStandsWhereItIsPut() {
        Twin twin = new Twin();
        double[] alone = save(twin);
        double[] row = new double[3 + twin.mostSnapshotValues()];
        assertThat(twin.save(row, 3)).isEqualTo(alone.length);
        assertThat(Arrays.copyOfRange(row, 3, 3 + alone.length)).isEqualTo(alone);
        twin.step(Keys.O, 20);
        twin.restore(row, 3);
        assertThat(save(twin)).isEqualTo(alone);
    }

    @Test
    void aGameWithAnotherSineRefusesASnapshotAndStaysAsItWas() {
        double[] saved = save(new Twin(Trigonometry.GLIBC));
        Twin twin = new Twin();
        twin.step(Keys.O, 20);
        double[] before = save(twin);
        assertThatThrownBy(() -> twin.restore(saved, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("another sine than fdlibm");
        assertThat(save(twin)).isEqualTo(before);
    }
}
