package io.github.qwop.game.twin;

import io.github.qwop.game.Operation;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** Plays operations on a twin and counts what is met. */
public final class EventCounter {

    private static final double CAMERA_LIFT = -5;
    private static final double BEHIND_WALL = -46;
    private static final double TRACK_END = 1060.65;
    /** Less what rounding takes from a velocity that is cut down. */
    private static final double MAX_SPEED = 50 - 1e-9;

    private static final double MAX_SPIN = 0.5 * Math.PI * World.RATE;

    private static final Set<Integer> FALLING = Set.of(
            Blueprint.HEAD, Blueprint.LEFT_ARM, Blueprint.LEFT_FOREARM, Blueprint.RIGHT_ARM, Blueprint.RIGHT_FOREARM);

    private final TwinPlayer player = new TwinPlayer(new Twin());
    private final Body[] bodies = player.twin().world.bodies;
    private final Map<Event, Integer> counts = new EnumMap<>(Event.class);

    /** What this episode has met, of what is counted once an episode. */
    private final Set<Event> episode = EnumSet.noneOf(Event.class);

    private final boolean[] wasAwake = new boolean[Blueprint.BODIES];
    private final boolean[] hasSlept = new boolean[Blueprint.BODIES];
    private boolean landedBefore;
    private boolean secondContact;

    public EventCounter() {
        player.twin().witness = this::begun;
    }

    public TwinPlayer player() {
        return player;
    }

    public Twin twin() {
        return player.twin();
    }

    /** How often each event was met. */
    public Map<Event, Integer> counts() {
        return counts;
    }

    private void count(Event event) {
        counts.merge(event, 1, Integer::sum);
    }

    private void countOnce(Event event) {
        if (episode.add(event)) {
            count(event);
        }
    }

    /** Performs an operation. */
    public void perform(Operation operation) {
        Twin twin = player.twin();
        boolean fallenBefore = twin.fallen();
        landedBefore = twin.jumpLanded();
        if (operation.startsEpisode()) {
            episode.clear();
            fallenBefore = false;
            landedBefore = false;
        }
        secondContact = false;
        operation.perform(player);
        if (twin.fallen() && !fallenBefore) {
            count(Event.FALL);
        }
        if (twin.jumpLanded() && !landedBefore) {
            count(Event.LANDING);
            if (twin.fallen() && !secondContact) {
                count(Event.LANDING_BY_FALL);
            }
        }
        if (operation.startsEpisode()) {
            count(startOf(operation));
            start();
        } else if (operation.isUpdate()) {
            watch();
        } else {
            count(Event.SHIFT);
        }
    }

    private static Event startOf(Operation operation) {
        return switch (operation.code()) {
            case Operation.CANONICAL -> Event.CANONICAL_START;
            case Operation.FRESH -> operation.argument() > 1 ? Event.IDLE_PAGE : Event.FRESH_PAGE;
            case Operation.RESTART -> Event.RESTART;
            default -> Event.RESTART_WITH_KEYS;
        };
    }

    private void start() {
        for (int i = 0; i < Blueprint.BODIES; i++) {
            wasAwake[i] = bodies[i].awake;
            hasSlept[i] = false;
        }
    }

    private void watch() {
        for (int i = Blueprint.HURDLE_BASE; i < Blueprint.BODIES; i++) {
            Body body = bodies[i];
            if (wasAwake[i] && !body.awake) {
                hasSlept[i] = true;
            } else if (!wasAwake[i] && body.awake && hasSlept[i]) {
                countOnce(Event.SLEEP_AND_WAKING);
            }
        }
        countChange(Blueprint.HURDLE_TOP, Event.HURDLE_ASLEEP, Event.HURDLE_WOKEN);
        countChange(Blueprint.TORSO, Event.RUNNER_ASLEEP, Event.RUNNER_WOKEN);
        for (int i = Blueprint.HURDLE_BASE; i < Blueprint.BODIES; i++) {
            wasAwake[i] = bodies[i].awake;
        }
        Body torso = bodies[Blueprint.TORSO];
        if (torso.y < CAMERA_LIFT) {
            countOnce(Event.CAMERA_LIFTED);
        }
        if (torso.x < BEHIND_WALL) {
            countOnce(Event.BEHIND_WALL);
        } else if (torso.x > TRACK_END) {
            countOnce(Event.TRACK_END);
        }
        if (anyBody(body -> body.vx * body.vx + body.vy * body.vy > MAX_SPEED * MAX_SPEED)) {
            count(Event.SPEED_CLAMPED);
        }
        if (anyBody(body -> body.omega * body.omega >= MAX_SPIN * MAX_SPIN)) {
            count(Event.SPIN_CLAMPED);
        }
    }

    private boolean anyBody(Predicate<Body> condition) {
        return Arrays.stream(bodies).anyMatch(condition);
    }

    private void countChange(int body, Event asleep, Event woken) {
        if (wasAwake[body] != bodies[body].awake) {
            count(wasAwake[body] ? asleep : woken);
        }
    }

    private void begun(Contact contact) {
        int a = contact.a.index;
        int b = contact.b.index;
        if (a == Blueprint.HURDLE_TOP || (b == Blueprint.HURDLE_TOP && a > Blueprint.WALL)) {
            count(Event.HURDLE_CONTACT);
            countOnce(Event.HURDLE_EPISODE);
        } else if (a == Blueprint.WALL) {
            count(Event.WALL_CONTACT);
        } else if (FALLING.contains(b) && twin().jumpLanded() && !landedBefore && !twin().fallen()) {
            count(Event.SECOND_CONTACT);
            secondContact = true;
            if (Math.floor(contact.largestX() + 0.5) / 10 != twin().score()) {
                count(Event.SCORE_OVERWRITTEN);
            }
        }
    }
}
