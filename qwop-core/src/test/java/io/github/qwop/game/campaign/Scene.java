package io.github.qwop.game.campaign;

/** Kinds of play; each makes an episode of its own. */
enum Scene {
    /** Any keys, held for as long as this episode holds keys. */
    RANDOM(20),
    /** Two combinations in turn. */
    MASH(20),
    /** A policy, with noise. */
    RUN(20),
    /** At the hurdle, run there or put there. */
    HURDLE(30),
    /** At the sand pit, run there or put there. */
    PIT(20),
    /** Put before, into and behind the wall. */
    WALL(10),
    /** Put to where the track ends, and beyond. */
    EDGE(5),
    /** Standing, lying and sleeping, put elsewhere asleep. */
    REST(20),
    /** Searched for: somebody or the hurdle falls asleep and is woken. */
    WAKING(10),
    /** Searched for: the foot lands, and a part that ends the game touches later in the same update. */
    LANDING(1);

    /** How often it is chosen, among others. */
    final int weight;

    Scene(int weight) {
        this.weight = weight;
    }
}
