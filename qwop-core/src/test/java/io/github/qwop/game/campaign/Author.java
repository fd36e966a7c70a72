package io.github.qwop.game.campaign;

import io.github.qwop.game.Game;
import io.github.qwop.game.Keys;
import io.github.qwop.game.Operation;
import io.github.qwop.game.Snapshot;
import io.github.qwop.game.twin.Event;
import io.github.qwop.game.twin.EventCounter;
import io.github.qwop.random.RandomStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Writes varied play for one page, while the twin plays it. */
final class Author {

    private static final int[] HOLDS = {1, 2, 3, 4, 6, 8, 12, 20, 40};
    private static final double[] NOISES = {0, 0, 0.02, 0.1, 0.3};

    private static final double HURDLE = 500;
    private static final double PIT = 1000;
    private static final double WALL = -45;
    private static final double EDGE = 1075;

    private static final int TRIES = 3000;

    private final RandomStream random;
    private final List<Runner> runners;
    private final EventCounter game = new EventCounter();
    private final List<Operation> operations = new ArrayList<>();
    private final List<Integer> hashes = new ArrayList<>();
    private final double[] numbers = new double[Snapshot.LENGTH];
    private int held;

    Author(RandomStream random, List<Runner> runners) {
        this.random = random;
        this.runners = runners;
    }

    /** Writes episodes until they have some number of updates. */
    Page write(int number, List<Scene> scenes, int updates) {
        while (updates() < updates) {
            play(choose(scenes));
        }
        return new Page(
                number, operations, hashes.stream().mapToInt(Integer::intValue).toArray(), game.counts());
    }

    private Scene choose(List<Scene> scenes) {
        int place =
                random.nextInt(scenes.stream().mapToInt(scene -> scene.weight).sum());
        int at = 0;
        while (place >= scenes.get(at).weight) {
            place -= scenes.get(at++).weight;
        }
        return scenes.get(at);
    }

    private int updates() {
        return (int) operations.stream().filter(Operation::isUpdate).count();
    }

    private void play(Scene scene) {
        switch (scene) {
            case RANDOM -> {
                start();
                press(600);
                lie();
            }
            case MASH -> {
                start();
                mash(600);
                lie();
            }
            case RUN -> {
                start();
                run(random.nextInt(20) == 0 ? 2500 : upTo(600));
                improvise(upTo(200));
                lie();
            }
            case HURDLE -> visit(HURDLE - 30, HURDLE + 5);
            case PIT -> visit(PIT - 45, PIT + 5);
            case WALL -> visit(WALL - 40, WALL + 40);
            case EDGE -> visit(EDGE - 40, EDGE + 40);
            case REST -> rest();
            case LANDING -> search(Event.SECOND_CONTACT, Author::fallIntoThePit);
            case WAKING ->
                search(Event.SLEEP_AND_WAKING, author -> author.play(random.nextBoolean() ? Scene.REST : Scene.HURDLE));
        }
    }

    /** A number of 1 to n. */
    private int upTo(int n) {
        return 1 + random.nextInt(n);
    }

    private void perform(Operation operation) {
        game.perform(operation);
        operations.add(operation);
        Snapshot.read(game.player(), numbers);
        for (Snapshot.Kind kind : Snapshot.Kind.values()) {
            hashes.add(Snapshot.hash(numbers, kind));
        }
    }

    private void start() {
        int kind = random.nextInt(10);
        if (kind < 2) {
            perform(Operation.fresh(random.nextBoolean() ? 1 : upTo(60)));
        } else if (kind < 4 || operations.isEmpty()) {
            perform(Operation.canonical());
        } else if (kind < 7) {
            perform(Operation.restart(Keys.NONE));
        } else {
            perform(Operation.restart(random.nextBoolean() ? held : random.nextInt(Keys.COMBINATIONS)));
        }
        if (random.nextInt(20) == 0) {
            hold(random.nextInt(Keys.COMBINATIONS), random.nextInt(3));
            start();
        }
    }

    private void hold(int keys, int updates) {
        held = keys;
        for (int i = 0; i < updates; i++) {
            perform(Operation.update(keys));
        }
    }

    private void press(int most) {
        int longest = HOLDS[random.nextInt(HOLDS.length)];
        for (int played = 0; played < most && !ended(); ) {
            int updates = upTo(longest);
            hold(random.nextInt(Keys.COMBINATIONS), updates);
            played += updates;
        }
    }

    private void mash(int most) {
        int[] keys = {random.nextInt(Keys.COMBINATIONS), random.nextInt(Keys.COMBINATIONS)};
        int[] holds = {upTo(15), upTo(15)};
        for (int played = 0, turn = 0; played < most && !ended(); turn = 1 - turn) {
            int updates = holds[turn] + random.nextInt(2);
            hold(keys[turn], updates);
            played += updates;
        }
    }

    private void run(int most) {
        Runner runner = runners.get(random.nextInt(runners.size()));
        double noise = NOISES[random.nextInt(NOISES.length)];
        double[] bodies = new double[Game.BODY_VALUES];
        int updates = runner.environment().framesPerStep();
        for (int played = 0; played < most && !ended(); played += updates) {
            game.player().game().readBodies(bodies, 0);
            hold(random.nextDouble() < noise ? random.nextInt(Keys.COMBINATIONS) : runner.keys(bodies), updates);
        }
    }

    private void improvise(int most) {
        switch (random.nextInt(5)) {
            case 0 -> press(most);
            case 1 -> mash(most);
            case 2 -> hold(random.nextInt(Keys.COMBINATIONS), most);
            default -> run(most);
        }
    }

    private boolean ended() {
        return game.player().game().gameEnded();
    }

    /** After an end, or while still running. */
    private void lie() {
        if (game.player().game().jumpLanded()) {
            hold(random.nextInt(Keys.COMBINATIONS), random.nextInt(4));
            return;
        }
        switch (random.nextInt(4)) {
            case 0 -> hold(Keys.NONE, upTo(40));
            case 1 -> hold(random.nextInt(Keys.COMBINATIONS), 100 + random.nextInt(250));
            case 2 -> {
                int longest = HOLDS[random.nextInt(HOLDS.length)];
                for (int i = 0; i < 5; i++) {
                    hold(random.nextInt(Keys.COMBINATIONS), upTo(longest));
                }
            }
            default -> {
                // Restarted at once.
            }
        }
    }

    private void shiftTo(double x) {
        game.player().game().readBodies(numbers, 0);
        perform(Operation.shift(x - numbers[0]));
    }

    private void visit(double from, double to) {
        start();
        if (random.nextInt(4) > 0) {
            run(upTo(300));
        }
        for (int visits = upTo(2); visits > 0; visits--) {
            shiftTo(from + (to - from) * random.nextDouble());
            improvise(upTo(300));
        }
        lie();
    }

    private void rest() {
        start();
        if (random.nextBoolean()) {
            press(upTo(30));
        }
        hold(random.nextInt(Keys.COMBINATIONS), 100 + random.nextInt(random.nextInt(10) == 0 ? 1200 : 200));
        for (int turns = random.nextInt(4); turns > 0; turns--) {
            switch (random.nextInt(3)) {
                case 0 -> shiftTo(numbers[0] + 60 * random.nextDouble() - 30);
                case 1 -> press(upTo(20));
                default -> hold(random.nextInt(Keys.COMBINATIONS), upTo(100));
            }
            hold(random.nextInt(Keys.COMBINATIONS), upTo(100));
        }
    }

    /** Puts a runner who is about to fall onto the sand. */
    private void fallIntoThePit() {
        Author draft = new Author(random, runners);
        draft.start();
        draft.improvise(200);
        List<Operation> fall = draft.operations;
        int at = Math.max(1, fall.size() - upTo(25));
        fall.subList(0, at).forEach(this::perform);
        shiftTo(PIT + 3 + 10 * random.nextDouble());
        fall.subList(at, fall.size()).forEach(this::perform);
        hold(held, 6);
    }

    /** Writes drafts until one has met an event, and performs that one. */
    private void search(Event wanted, Consumer<Author> scene) {
        for (int i = 0; i < TRIES; i++) {
            Author draft = new Author(random, runners);
            scene.accept(draft);
            if (draft.game.counts().containsKey(wanted) || i == TRIES - 1) {
                draft.operations.forEach(this::perform);
                return;
            }
        }
    }
}
