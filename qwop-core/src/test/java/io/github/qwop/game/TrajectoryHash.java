package io.github.qwop.game;

/** One number that stands for every bit of a long random play. */
public final class TrajectoryHash {

    /** Our bodies in the game's order of creation, as places in the order of BodyPart. */
    private static final int[] CREATION = {0, 1, 5, 6, 2, 3, 4, 10, 7, 8, 9, 11};

    private TrajectoryHash() {}

    /**
     * Plays updates with new random keys every fourth, from the start again after each end.
     *
     * @param start brings the game to where it starts from
     */
    public static int of(Game game, Runnable start, int frames) {
        start.run();
        double[] state = new double[Game.BODY_VALUES];
        long generator = 12345;
        int keys = 0;
        int hash = 0;
        for (int frame = 0; frame < frames; frame++) {
            if (frame % 4 == 0) {
                generator = (1103515245L * generator + 12345) % (1L << 31);
                keys = (int) (generator >> 16) % 16;
            }
            game.step(keys, 1);
            game.readBodies(state, 0);
            for (int part : CREATION) {
                for (int value = 0; value < 3; value++) {
                    long bits = Double.doubleToRawLongBits(state[part * 5 + value]);
                    for (int shift = 0; shift < 64; shift += 8) {
                        hash = 31 * hash + (int) (bits >>> shift & 0xff);
                    }
                }
            }
            if (game.gameEnded()) {
                start.run();
            }
        }
        return hash;
    }
}
