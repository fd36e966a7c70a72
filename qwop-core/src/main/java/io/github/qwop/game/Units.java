package io.github.qwop.game;

/** The game's measures: what a second, a metre and the finish are in its numbers. */
public final class Units {

    /** Game updates in a second of play. */
    public static final int UPDATES_PER_SECOND = 30;

    /** Units of length in a displayed metre. */
    public static final double PER_METRE = 10;

    /** Where the sand begins, in displayed metres. */
    public static final double FINISH = 100;

    /** Height of the track's surface, in units; y points down. */
    public static final double SURFACE = 9.14275;

    /** Seconds of play in a unit of qwop-gym's time. */
    public static final double SECONDS_PER_TIME = 10;

    private Units() {}
}
